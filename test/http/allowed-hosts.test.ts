// What only this machine reaches is told by the whole address, and a listener answers to its own names.
import { expect, test } from "vitest";
import {
	allowedHosts,
	isLoopback,
} from "../../src-main/http/guard/allowed-hosts.ts";

test.each([
	["localhost", true],
	["127.0.0.1", true],
	["127.9.8.7", true],
	["::1", true],
	["localhost.evil.test", false],
	["127.0.0.1.evil.test", false],
	["0.0.0.0", false],
	["192.168.0.2", false],
	["::", false],
])("%s is reached from this machine alone: %s", (host, isOnlyHere) => {
	expect(isLoopback(host)).toBe(isOnlyHere);
});

test("a listener of this machine alone answers to no other name of it", () => {
	const { hosts, origins } = allowedHosts("127.0.0.1", 8011);
	expect([...hosts].toSorted()).toEqual([
		"127.0.0.1:8011",
		"[::1]:8011",
		"localhost:8011",
	]);
	expect(origins.has("http://localhost:8011")).toBe(true);
	expect(origins.has("http://localhost")).toBe(false);
	expect(allowedHosts("10.0.0.9", 80).hosts.has("10.0.0.9")).toBe(true);
});
