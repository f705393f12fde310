SELECT core.describe('mart.administrator', 'Bodies that run schemes. Grain: administrator.', '{
    "administrator": "Code of the administrator in the country folder"}');
SELECT core.describe('mart.flash_report', 'Weekly flash reports of areas: what an area wrote itself (own) beside what was compiled from its children (compiled). Axes in percent advanced. Grain: area, week, origin.', '{
    "origin": "own: the area''s sheet; compiled: mean over the children that reported",
    "institutional_arrangement": "Percent, 0 to 100", "human_resources": "Percent, 0 to 100",
    "communication_enrolment": "Communication and stakeholder enrolment, percent, 0 to 100",
    "process_tools": "Process and tools, percent, 0 to 100", "project_management": "Percent, 0 to 100",
    "lowest": "Lowest child, one number an axis in the order of the columns", "highest": "Highest child, likewise",
    "laggards": "Codes of the three children furthest behind", "expected": "Children that could report",
    "received": "Children that did, themselves or through their own children"}');
SELECT core.describe('mart.flash_administrator', 'Weekly flash reports of scheme administrators, at the area where they report. Axes in percent advanced. Grain: area, week, administrator.', '{
    "administrator": "Code of the administrator, as in mart.administrator",
    "institutional_arrangement": "Percent, 0 to 100", "human_resources": "Percent, 0 to 100",
    "communication_enrolment": "Communication and stakeholder enrolment, percent, 0 to 100",
    "process_tools": "Process and tools, percent, 0 to 100", "project_management": "Percent, 0 to 100"}');
SELECT core.describe('mart.flash_administrators', 'The administrators'' line of an area''s sheet: the mean over those that reported. Grain: area, week.', '{
    "institutional_arrangement": "Mean, percent", "human_resources": "Mean, percent",
    "communication_enrolment": "Mean, percent", "process_tools": "Mean, percent", "project_management": "Mean, percent",
    "expected": "Administrators the country folder names", "received": "Of these, those whose sheet has come"}');
SELECT core.describe('mart.flash_item', 'Actions done, actions for next week, risks and decisions of flash reports. Grain: line of a sheet.', '{
    "item_id": "Number of the line", "kind": "done, next, risk or decision", "text": "As written",
    "needs_layer": "Layer that is asked to settle it; empty where the area settles it itself", "due": "Day by which",
    "administrator": "The scheme administrator whose sheet it is; empty on an area''s own",
    "origin": "own: the area wrote it; compiled: put together from lines below",
    "sources": "item_id of the lines below it was put together from",
    "stays_because": "Why it is not sent on, in words; empty where it is",
    "sent": "Whether the layer above gets it: it is not kept back, and is within the number that the country allows",
    "travels_as": "Number of the item in mart.item, for risks and decisions"}');
SELECT core.describe('mart.item', 'Risks, decisions and questions from the day they are raised until they are settled. Grain: item.', '{
    "item_id": "Number of the item", "kind": "risk, decision or question", "text": "As raised",
    "area_code": "The area that raised it", "area_depth": "Its layer as a number: 0 is the nation",
    "area_tree_left": "Its place in the tree, as in mart.area", "holder_tree_left": "The holder''s place in the tree",
    "holder_names": "Name of the holder by language, as JSON", "answered_names": "Name of the area that answered by language, as JSON",
    "administrator": "The administrator on whose sheet it was raised; empty for an area''s own",
    "holder_code": "The one area that holds it now", "holder_level": "Layer of the holder", "holder_depth": "The same as a number: 0 is the nation",
    "top_depth": "The highest layer it has come to as a number",
    "grouped": "Whether it moves with the item it was grouped into; then nobody moves it by itself",
    "top_level": "Highest layer it has come to; every layer from the origin to there sees the answer",
    "state": "open; answered: back at its origin with an answer; settled: closed", "raised_at": "When",
    "due": "Day by which the holder moves it", "age_days": "Days since it was raised, in the country''s time",
    "overdue": "Not settled, and the day has passed", "part_of": "Item it was grouped into, with which it moves",
    "parts": "How many items were grouped into it", "answer": "Latest answer, or how it was settled",
    "answered_by": "Area that answered", "moved_at": "When it last moved"}');
SELECT core.describe('mart.item_step', 'The way of every item, only ever appended. Grain: step.', '{
    "item_id": "Number of the item", "step": "Steps count upwards", "at": "When",
    "action": "raised, escalated, joined (grouped with others), handed_down, answered, settled, or withdrawn by a corrected sheet",
    "from_code": "Area that acted", "from_names": "Its name by language, as JSON",
    "holder_names": "Name of the holder by language, as JSON", "holder_code": "Area that holds it after the step", "person": "Who", "reason": "Why, or the answer"}');
SELECT core.describe('mart.grievance', 'Grievances of a month at every area and below it, by the layer that counted them. One that was escalated is received again at the layer above: add up `received` only within one at_level. Grain: area, period, at_level, category, sex, channel.', '{
    "at_level": "Layer of the areas that counted", "category": "Id of the country folder''s list",
    "channel": "How they came in; empty where channels are not told apart", "received": "Received in the month",
    "resolved": "Resolved in the month", "escalated": "Passed on to the layer above", "pending": "Open at the end of the month",
    "pending_slow": "Of those pending, in areas whose median is above what the country calls slow",
    "median_low": "Lowest median number of days among the areas that resolved any; medians are never averaged",
    "median_high": "Highest"}');
