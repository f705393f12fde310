"""What a country folder may declare: frozen objects, each field saying what it means."""
