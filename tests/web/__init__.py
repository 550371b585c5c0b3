"""The pages, as people meet them: in a real browser, with and without JavaScript, by keyboard, on a phone; and one by one, quickly."""
