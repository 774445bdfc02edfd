"""`make pictures`: takes the pictures of the main pages that stand in docs/pictures, and draws the icons, with a real browser."""
