"""
HTTP/1.1 over asyncio: who is connected, what each asks, and what each is answered.

llhttp (by httptools) reads requests. What is here is the rest: bounds in size and time,
answers in their order, and no more bytes under way than the other end takes.
"""
