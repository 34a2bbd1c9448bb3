"""A form's control in our look, whichever package made the form."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField

register = template.Library()


@register.filter
def control(field: BoundField) -> str:
    """The field's widget with the class its kind is styled by, and without a placeholder that only repeats the label."""
    widget = field.field.widget
    if widget.attrs.get("placeholder") == field.label:
        del widget.attrs["placeholder"]
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            part.attrs["class"] = _class_of(part)
        return field.as_widget()
    return field.as_widget(attrs={"class": f"{widget.attrs.get('class', '')} {_class_of(widget)}".strip()})


@register.filter
def bare(field: BoundField) -> str:
    """The control without the words that its package writes into the empty box: they say the label once more."""
    field.field.widget.attrs.pop("placeholder", None)
    return control(field)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect):  # the widget's own input_type is a list of inputs in a box
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
