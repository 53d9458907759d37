package web

import "fmt"

// plain is a page of one heading and one paragraph.
func plain(status int, text [2]string) file {
	body := fmt.Sprintf("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>%[1]s</title></head>\n<body><main><h1>%[1]s</h1><p>%[2]s</p></main></body>\n</html>\n", text[0], text[1])
	f := newFile("page.html", []byte(body))
	f.status = status
	return f
}

// What the plain pages say.
var (
	missingText = [2]string{"The pages are not in this program", "hubreach was built without them. Install Node 20.19 or later and run <code>scripts/run</code> in the checkout, " +
		"which builds the pages and the program; or use the service without them: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a> describes it."}
	notFoundText = [2]string{"There is no such page", "The pages start at <a href=\"/\">the overview</a>."}
)
