package app_test

// Texts of our own, as people in a food shop, a clinic and a software house
// would write them.

var saturdayReports = []string{
	"Crates of plums went out without being weighed. The scale at the ramp was flat and nobody had the charger.",
	"The thermometer of the cheese fridge stood at eleven degrees. It must have been warm since Friday night; we threw away nine wheels.",
	"Till two gave change for a fifty that was a twenty. The drawer was short by thirty at closing.",
	"Two groups had booked the hall for the same evening. The choir sang in the corridor.",
	"The forklift took the wrong pallet down. It was flour and should have been sugar; the labels face the wall.",
	"Jonas hurt his back. He carried the potato sacks alone because the trolley was upstairs.",
	"The nut bread lay in the shelf without its label. A customer asked, and we could not say what was in it.",
	"The van came back with the ramp still down. It scraped along the gate and the rear light is gone.",
	"Nobody opened at seven. The two people on the rota each thought the other had the key.",
	"The order for the kindergarten was packed twice. Both lists were lying on the table.",
	"Milk was delivered to the back entrance and stood in the sun until ten.",
	"The bicycle courier could not find the yard. The address in the confirmation is that of the old shop.",
	"A jar of pickled beetroot fell from the top shelf onto the counter. The bracket had come loose.",
	"The weekly letter went out with last week's prices. Somebody had copied the old table.",
	"The card reader said no for an hour. We took cash and wrote IOUs for eleven people.",
	"Rain came through the skylight onto the rice. The bucket was full before anyone saw it.",
}

var nightReports = []string{
	"The socket of the vaccine fridge had been switched off. A cleaner needed it for the polisher and it stayed off for five hours.",
	"Two people named Hansen were called with one name. The wrong one sat down and had blood taken.",
	"The lift stood still between two floors with a bed in it for forty minutes.",
	"Dressing packs had run out by midnight. The cupboard list had been ticked without looking.",
	"The on-call telephone rang in a drawer. It had been put away with the old handset.",
	"A visitor slipped on the wet stairs. The sign was standing on the other landing.",
	"The oxygen bottle on the trolley was empty. It had been put back with the full ones.",
	"Test results of Tuesday were filed under Thursday. The stamp had not been turned.",
	"The door to the pharmacy was open at four in the morning. The latch does not catch in the cold.",
	"The night nurse wrote the dose in milligrams, the pump wanted millilitres. It was noticed at the second reading.",
}

var othersReviews = []string{
	"The card reader's certificate had run out\nPayments by card failed from midnight. Nobody had been told that the certificate would expire, as the mails went to somebody who had left.",
	"Messages piled up until the broker stopped\nA consumer had crashed on one malformed message and was restarted for ever. The queue grew for six hours and then the disk was full.",
	"An operator emptied the primary instead of the copy\nTwo terminals looked alike. The clean-up of the replica ran on the production database server and removed all tables.",
	"Bookings on 29 February were refused\nThe date check knew no leap year. Every booking for that day ended in an error page.",
	"Nobody could resolve our name for two hours\nThe provider of our DNS was flooded with traffic. Our only name server was theirs.",
	"A release went to everybody at once\nThe gradual rollout was switched off for a test and stayed off.",
	"Passwords were written to the log\nA debug line printed the whole request. It was found by chance after nine days.",
	"A backup that could not be read\nThe nightly backup had been written for a year with a key nobody had kept.",
	"The night batch overwrote prices with zero\nAn empty file from a supplier counted as a full one.",
	"A connection pool that never gave back\nAfter the upgrade each timeout leaked one connection. In the morning rush there were none left.",
	"Two data centres and one cable\nBoth lines went through the same duct, and a digger found it.",
	"The ferry left without the lorries\nThe loading deck waited for a radio call on a channel that had been changed the day before.",
	"The clock went back and the jobs ran twice\nInvoices were sent out two times in the hour that happened twice.",
	"A health check that was always green\nIt asked the proxy and not what stood behind it.",
	"The cache served one customer's page to another\nThe key had no account in it.",
	"Emails went to the spam folder for a week\nThe new sender was in no record of ours.",
}

var manuals = []string{
	"# Closing the shop\n\nEvery evening.\n\n- [ ] Count the till with a second person\n- [ ] Turn the oven off\n- [ ] Lock the back door and pull twice\n- [ ] Read the fridge thermometers and write them down\n- [ ] Take the key to the hook in the office\n",
	"# Starting the van with a flat battery\n\n- [ ] Put the jump leads on red first\n- [ ] Let the other car run for five minutes\n- [ ] Drive for half an hour before you switch off\n",
}
