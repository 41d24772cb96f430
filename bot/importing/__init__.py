"""Old books brought in: documents in the schema's plain form become customers, partners, openings.

::

    reading      files    → documents          JSON in every form that MongoDB's tools write
    fields       a field  → a value, exact     rupees to paise, a moment to a day
    documents    document → one of our models  what adds up within itself; invoices has theirs
    ids                                        under which each is kept, always the same
    planning     models   → a plan             what adds up among them, and with the books
    numbers                                    which number each old invoice gets
    report       a plan   → words
    bringing_in  a plan   → the books
    command      ``python -m bot import``      all of it in order
"""
