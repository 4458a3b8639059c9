// An address is http or https, holds no credential, and is on the list of hosts with its port or without one.
import { expect, test } from "vitest";
import {
	hostOf,
	isAllowedHost,
	parseTarget,
	portOf,
} from "../../../src-main/engine/outbound/target-url.ts";

test.each([
	["http://example.org/x", "example.org", 80],
	["https://example.org", "example.org", 443],
	["https://example.org:80/", "example.org", 80],
	["http://example.org.:8080/", "example.org", 8080],
	["http://[::1]:9200/", "::1", 9200],
	["http://0x7f.1/", "127.0.0.1", 80],
])("%s is %s on %i", (text, host, port) => {
	const url = parseTarget(text);
	expect([hostOf(url), portOf(url)]).toEqual([host, port]);
});

test.each([
	"example.org",
	"ftp://example.org/",
	"http://me@example.org/",
	"http://:hunter2@example.org/",
	"http://example.org/a b",
	"http://exam\tple.org/",
	"http://example.org:0/",
	`http://example.org/${"x".repeat(2_000)}`,
])("%j is refused, and not repeated", (text) => {
	expect(() => parseTarget(text)).toThrowError(
		expect.objectContaining({
			code: "BAD_URL",
			message: expect.not.stringContaining("hunter2"),
		}),
	);
});

test.each([
	["example.org", "http://example.org:8080/", true],
	["EXAMPLE.org", "http://example.org/", true],
	["example.org:80", "http://example.org/", true],
	["example.org:80", "https://example.org/", false],
	["example.org:443", "https://example.org/", true],
	["localhost:9200", "http://localhost:9201/", false],
	["[::1]:9200", "http://[::1]:9200/", true],
	["[::1]", "http://[::1]:1/", true],
	["example.org", "http://sub.example.org/", false],
	["sub.example.org", "http://example.org/", false],
	["example.org", "http://example.org.evil.test/", false],
])("%s allows %s: %s", (entry, url, isAllowed) => {
	expect(isAllowedHost(new URL(url), ["other.test", entry])).toBe(isAllowed);
	expect(isAllowedHost(new URL(url), [])).toBe(false);
});
