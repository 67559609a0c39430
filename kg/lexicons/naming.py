"""Words that names differ in without being other names: forms of address, British and American spelling."""

# Not "jr", which tells a son from his father, nor "he" and "tan", surnames in China.
HONORIFICS = frozenset(
    "mr mrs ms dr prof professor sir lord lady hon honourable honorable excellency mag datuk dato datin sheikh shaikh shri smt"
    " engr hrh hh senator".split()
)
AMERICAN = {
    "defence": "defense",
    "labour": "labor",
    "programme": "program",
    "centre": "center",
    "organisation": "organization",
}
