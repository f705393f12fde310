"""stub"""
from dash import html
from countries.model import Country
from dashboards.frame.shell import Page
from dashboards.view import View
from dashboards.words import Words
def page(view: View, country: Country, words: Words) -> Page:
    return Page(title=words("nav.submissions"), body=[html.H1(words("nav.submissions"))], section="submissions")
