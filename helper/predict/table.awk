# Writes the tables of quirk_rows.h from quirks.tsv, which describes its columns.

function any(id) { return id == "*" ? "ANY_ID" : "0x" id }

function since(release, part) {
	if (release == "")
		return "0"
	split(release, part, ".")
	return "RELEASE(" part[1] ", " part[2] ")"
}

BEGIN { FS = "\t" }

/^#/ || NF == 0 { next }
$1 == "stamp" {
	stamp = $2
	next
}
$1 == "acs" { acs = acs "\t{ " any($2) ", " any($3) ", " since($6) ", &" $4 " },\n"; next }
$1 == "id" { id = id "\t{ 0x" $2 ", 0x" $3 ", " since($6) ", &" $4 " },\n"; next }
$1 == "fixup" { fixup = fixup "\t{ 0x" $2 ", 0x" $3 ", " since($6) ", " $4 " },\n"; next }
$1 == "fixed" {
	split($5, whom, /[:=]/)
	fixed = fixed "\t{ 0x" $2 ", 0x" $3 ", 0x" whom[1] ", 0x" whom[2] ", " since($6) ", 0x" whom[3] " },\n"
	next
}
$1 == "broken" { broken = broken "\t{ 0x" $2 ", 0x" $3 ", " since($6) " },\n"; next }
{
	print FILENAME ": line " FNR ": no such kind of row: " $1 > "/dev/stderr"
	failed = 1
	exit
}

END {
	if (failed || stamp == "" || acs == "" || id == "" || fixup == "" || fixed == "" || broken == "")
		exit 1
	print "/* Generated from helper/predict/quirks.tsv. */"
	print "#define QUIRK_STAMP \"" stamp "\""
	print "#define QUIRK_RELEASE " since(stamp)
	print "#ifdef WANT_ACS_ROWS"
	print "static const struct acs_row acs_rows[] = {\n" acs "};"
	print "static const struct id_row id_rows[] = {\n" id "};"
	print "static const struct broken_row broken_rows[] = {\n" broken "};"
	print "#endif"
	print "#ifdef WANT_FIXUP_ROWS"
	print "static const struct fixed_row fixed_rows[] = {\n" fixed "};"
	print "static const struct fixup_row fixup_rows[] = {\n" fixup "};"
	print "#endif"
}
