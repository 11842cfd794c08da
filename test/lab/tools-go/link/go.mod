module lab/link

go 1.25.0
