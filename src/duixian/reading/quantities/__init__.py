"""Amounts a text commits to: found (`mentions`), refused with a reason (`refusals`), named (`indicators`), made."""
