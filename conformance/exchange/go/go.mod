module sapan/conformance/exchange

go 1.26
