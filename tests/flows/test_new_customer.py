"""New customer, as it reads in the chat."""

from tests.flows.pictures import jpeg


async def test_a_name_is_all_it_takes(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh  kumar ")
    await partner.press("Save now")
    assert "Ramesh kumar was added" in partner.screen.text
    assert "nothing due" in partner.screen.text
    (customer,) = firm.store.customers.recent(5)
    assert (customer.name, customer.phone) == ("Ramesh kumar", None)


async def test_every_step_in_turn(firm, partner):
    await partner.send("/customer")
    await partner.send("Ramesh Kumar")
    await partner.send("98765 43211")
    await partner.send("ramesh@example.com")
    await partner.send("Shop 12, Grain Market")
    await partner.press("Wholesale")
    await partner.send_photo(jpeg())
    assert "Photo: yes" in partner.screen.text
    await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(5)
    assert customer.phone == "+919876543211"
    assert customer.email == "ramesh@example.com"
    assert customer.address == "Shop 12, Grain Market"
    assert customer.business_type == "Wholesale"
    assert customer.profile_image is not None
    assert customer.profile_image.startswith("https://t.me/")
    await partner.press("Photo")
    assert "photo" in partner.screen.kept.message
    await partner.open_link(customer.profile_image)
    assert "photo" in partner.screen.kept.message


async def test_each_optional_step_can_be_skipped(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    for _step in range(5):
        await partner.press("Skip")
    await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(5)
    assert customer.phone is customer.email is customer.address is customer.business_type is None


async def test_back_goes_one_step_back_and_offers_what_was_said(partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.send("9876543211")
    await partner.press("‹ Back")
    assert "Phone number?" in partner.screen.text
    await partner.press("✓ Keep +91 98765 43211")
    assert "Email" in partner.screen.text


async def test_any_field_can_be_edited_from_the_summary(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    for _step in range(5):
        await partner.press("Skip")
    await partner.press("✎ Name")
    await partner.send("Suresh Kumar")
    assert "Name: Suresh Kumar" in partner.screen.text
    await partner.press("✎ Business")
    await partner.press("Farmer")
    await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(5)
    assert (customer.name, customer.business_type) == ("Suresh Kumar", "Farmer")


async def test_cancel_saves_nothing(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.send("/cancel")
    assert "No customer was saved" in partner.screen.text
    assert firm.store.customers.count() == 0


async def test_the_same_name_is_shown_before_saving(firm, partner):
    for name in ("Ramesh Kumar", "RAMESH   kumar"):
        await partner.press("New customer")
        await partner.send(name)
        await partner.press("Save now")
    assert "already a customer of this name" in partner.screen.text
    assert firm.store.customers.count() == 1
    await partner.press("✓ Save, it is another person")
    assert firm.store.customers.count() == 2


async def test_the_same_phone_is_refused_with_who_has_it(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.send("9876543211")
    await partner.press("Save now")
    await partner.press("New customer")
    await partner.send("Suresh")
    await partner.send("+91 98765-43211")
    assert "already the number of Ramesh Kumar" in partner.screen.text
    await partner.press("Skip")
    await partner.press("Save now")
    assert firm.store.customers.count() == 2


async def test_a_restart_in_the_middle_goes_on_at_the_same_step(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await firm.chat.restart()
    await partner.send("98765 43211")
    assert "Email" in partner.screen.text
    await partner.press("Save now")
    (customer,) = firm.store.customers.recent(5)
    assert customer.phone == "+919876543211"


async def test_two_taps_on_save_are_one_customer(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    question = partner.screen
    await partner.press("Save now")
    await partner.press_old(question, "Save now")
    assert "Ramesh Kumar" in partner.screen.text
    assert firm.store.customers.count() == 1


async def test_a_removed_partner_gets_no_further(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    user = firm.store.users.by_phone("+919876543210")
    firm.store.users.set_active(user.id, False)
    await partner.press("Save now")
    assert "share your phone number" in partner.screen.text
    assert firm.store.customers.count() == 0


async def test_a_customer_can_be_edited_later(firm, partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    await partner.press("Save now")
    await partner.press("✎ Edit")
    await partner.press("✎ Phone")
    await partner.send("98765 43211")
    await partner.press("✓ Save")
    assert "was changed" in partner.screen.text
    (customer,) = firm.store.customers.recent(5)
    assert customer.phone == "+919876543211"


async def test_a_contact_card_starts_a_customer(firm, partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    assert "Mahesh Gill" in partner.screen.text
    await partner.press("✓ Save")
    (customer,) = firm.store.customers.recent(5)
    assert (customer.name, customer.phone) == ("Mahesh Gill", "+919876543299")


async def test_a_card_not_saved_yet_is_not_written_over(partner):
    await partner.send_contact("Mahesh Gill", "+919876543299")
    await partner.press("New invoice")
    assert "in the middle of this" in partner.screen.text
    await partner.press("Go on")
    await partner.press("✓ Save")
    assert "Mahesh Gill was added" in partner.screen.text


async def test_a_picture_that_is_none_is_refused_and_nothing_is_lost(partner):
    await partner.press("New customer")
    await partner.send("Ramesh Kumar")
    for _step in range(4):
        await partner.press("Skip")
    await partner.send_document(b"no picture at all", "shop.jpg")
    assert "not a picture I can read" in partner.screen.text
    await partner.press("Skip")
    assert "Name: Ramesh Kumar" in partner.screen.text
