"""A plan in words, for the person who started the import and has to decide."""

from bot.importing.planning import Owing, Plan
from bot.importing.reading import ONE_OF
from bot.money import format_amount
from bot.phones import format_phone


def describe(plan: Plan, currency: str) -> str:
    """The whole plan as text of some lines, the refusals last. ``currency`` is ISO 4217."""
    new = {
        "customers": len(plan.customers),
        "invoices": len(plan.openings),
        "users": len(plan.users),
    }
    sections = [
        [_count(name, new[name], plan.there[name]) for name in ONE_OF],
        _section(
            "Partners, who will be able to sign in",
            [f"{user.name}, {format_phone(user.phone)}" for user in plan.users],
        ),
        _section("What customers will owe", _amounts(plan.owing, currency)),
        _section("Ignored", [f"{what}: {n}" for what, n in sorted(plan.ignored.items())]),
        _section("Changed", plan.notes),
        _section(f"Refused: {len(plan.refused)}", plan.refused),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _count(collection: str, new: int, there: int) -> str:
    called = "partners" if collection == "users" else collection
    return f"{called.capitalize():<10}{new:>7} new{there:>7} in the books already"


def _amounts(owing: list[Owing], currency: str) -> list[str]:
    if not owing:
        return []
    total = format_amount(sum(one.due for one in owing), currency)
    rows = [(format_amount(one.due, currency), _who(one)) for one in owing]
    width = max(len(total), *(len(due) for due, _ in rows))
    return [f"{due:>{width}}  {who}" for due, who in [*rows, (total, "to collect in all")]]


def _who(one: Owing) -> str:
    new = {0: "nothing new", 1: "1 invoice"}.get(one.invoices, f"{one.invoices} invoices")
    return f"{one.customer.name}, {new}"
