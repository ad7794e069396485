"""
The front: answers readers from kept pages, and hands everything else to Django.

A process of its own that loads no Django and knows nothing of news.
"""
