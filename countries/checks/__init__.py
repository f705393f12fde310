"""The rules between the declarations of a country."""
