"""What leaves the page: tables of people and ties, pictures, the periods as numbered pictures."""
