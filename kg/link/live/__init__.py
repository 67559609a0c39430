"""What only a service on the network knows: asked when the user wants it, sparingly, and never twice within two weeks.

`settings` is whom to ask and how, `cache` what was answered; `client` asks, within bounds, by way of `transport`. `actionapi`
and `reconciliation` are the two protocols; `service` makes items of what they tell, and kg.link.decide weighs these like all
others. Where a service gives no whole answer, an entity has no candidates: half of them would look like certainty.
"""
