"""``{% example "name" %}…{% endexample %}`` on the page of the house style: the component, and below it the markup that made it."""

from __future__ import annotations

from textwrap import dedent

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

register = template.Library()


class Example(template.Node):
    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: template.Context) -> SafeString:
        drawn = self.inside.render(context)
        return format_html(
            '<section id="{}"><h2>{}</h2><div class="example">{}</div>'
            '<details class="fold"><summary>Markup<span class="unseen"> {}</span></summary>'
            '<pre tabindex="0"><code>{}</code></pre></details></section>',
            slugify(self.name),
            self.name,
            mark_safe(drawn),  # noqa: S308 - our own template's words, rendered with its escaping
            self.name,
            dedent(str(drawn)).strip(),
        )


@register.tag
def example(parser: Parser, token: Token) -> Example:
    name = token.split_contents()[1].strip("\"'")
    inside = parser.parse(("endexample",))
    parser.delete_first_token()
    return Example(name, inside)
