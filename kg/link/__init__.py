"""Which item of Wikidata an entity is: candidates from an index, explicit features, and a decision that may abstain.

`items` is what an index holds, `keys` under what it finds it. `decide` is a pure function of what is known of an entity
and of the candidates. `tables` is what ships with the program, `store` the index that a user builds from a dump (`dump`)
or from tables (`csvtables`), by way of `build`, or from an endpoint (`sparql`) by way of `pull`. `live` asks services on the
network; `tiers` asks one after the other. `gather` collects from the articles what is known of each entity.
"""
