"""
How a newsroom is opened, minded and closed. No Django in the parent process.

The parent holds the data folder's lock, prepares the folder where something is due,
starts the server and the worker, starts them again if they die, and stops them.
"""
