"""The books as an XLSX file for the accountant.

``making`` reads the accounts and has them drawn; ``rendering`` draws them, in a process beside the
bot's: from each customer's entries alone (``books``), into ``tables``, in ``order``, as a
``workbook`` of typed ``cells``, of which ``about`` is the first sheet.
"""
