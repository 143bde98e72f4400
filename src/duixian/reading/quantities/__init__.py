"""Amounts a text commits to reach: found (`mentions`), refused with a reason (`refusals`), named (`indicators`) and made."""
