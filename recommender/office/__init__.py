"""What the office can ask for: the use cases between the command line and the rooms.

``library`` needs only the corpus and stays quick to load; ``desk`` learns, suggests and compares;
``health`` checks the workspace.
"""
