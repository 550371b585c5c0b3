"""What pages show of the things of the library (*vues*): values with every word already chosen, which templates only lay out."""
