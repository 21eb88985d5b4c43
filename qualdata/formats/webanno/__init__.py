"""Web Annotation, the W3C's way of saying who said what of which part of which resource; `collection.py` is its page."""
