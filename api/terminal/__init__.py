"""The command line as people meet it: a screen that hostile text cannot fool, help and mistakes in French, one way to end."""
