// A sealed secret opens with its key, in its place, and unchanged; otherwise it says why
// not. Nothing of it, nor of the key, can be read from what is stored in the database.
import {
	chmodSync,
	existsSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { SecretError, Vault } from "../../../src-main/engine/secrets/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const place = { table: "webhooks", id: "a", column: "secret" };

function openVault(folder = temporaryFolder(onTestFinished)) {
	const { clock, random } = testPorts();
	const file = join(folder, "secret-keys.json");
	return { folder, file, vault: new Vault(folder, clock, random) };
}

function codeOf(open: () => unknown): string {
	try {
		open();
	} catch (error) {
		if (error instanceof SecretError) return error.code;
		throw error;
	}
	return "opened";
}

test("what was sealed opens again, also after a restart", () => {
	const { folder, vault } = openVault();
	fc.assert(
		fc.property(fc.string({ unit: "binary" }), (secret) => {
			fc.pre(secret.isWellFormed());
			const sealed = vault.seal(secret, place);
			expect(vault.open(sealed, place)).toBe(secret);
			expect(sealed).toMatch(/^v1\.[\w-]+\.[\w-]{16}\.[\w-]+$/);
		}),
	);
	const sealed = vault.seal("whsec_abc", place);
	expect(openVault(folder).vault.open(sealed, place)).toBe("whsec_abc");
	expect(sealed).not.toContain("whsec_");
	expect(vault.seal("whsec_abc", place)).not.toBe(sealed);
});

test("a sealed secret opens in no other table, row or column", () => {
	const { vault } = openVault();
	const sealed = vault.seal("secret", place);
	for (const other of [
		{ ...place, table: "integrations" },
		{ ...place, id: "b" },
		{ ...place, column: "old_secret" },
		{ table: "webhooks", id: 'a","secret', column: "" },
	]) {
		expect(codeOf(() => vault.open(sealed, other))).toBe("TAMPERED");
	}
});

test("no changed byte goes unnoticed", () => {
	const { vault } = openVault();
	const sealed = vault.seal("secret", place);
	for (let index = 0; index < sealed.length; index++) {
		const letter = sealed[index] === "A" ? "B" : "A";
		const changed = sealed.slice(0, index) + letter + sealed.slice(index + 1);
		// The last letter of a base64url part may hold bits that no byte needs.
		if (sameBytes(sealed, changed)) continue;
		expect(codeOf(() => vault.open(changed, place))).not.toBe("opened");
	}
	for (const text of [
		"",
		"v1",
		"v2.a.b.c",
		`${sealed}.x`,
		sealed.slice(0, -8),
	]) {
		expect(codeOf(() => vault.open(text, place))).not.toBe("opened");
	}
});

function sameBytes(one: string, other: string): boolean {
	const bytes = (text: string) =>
		text
			.split(".")
			.map((part, index) =>
				index < 2 ? part : Buffer.from(part, "base64url").toString("hex"),
			)
			.join(".");
	return bytes(one) === bytes(other);
}

test("the key lies in a file for its owner alone, made with the first secret", () => {
	const { file, vault } = openVault();
	expect(existsSync(file)).toBe(false);
	vault.seal("secret", place);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(JSON.parse(readFileSync(file, "utf8"))).toHaveLength(1);
});

test("without its key a secret is locked; new ones get a new key, and the old key can come back", () => {
	const { folder, file, vault } = openVault();
	const old = vault.seal("old", place);
	renameSync(file, `${file}.away`);
	const later = openVault(folder).vault;
	expect(codeOf(() => later.open(old, place))).toBe("LOCKED");
	const young = later.seal("young", place);
	expect(later.open(young, place)).toBe("young");
	const keys = [`${file}.away`, file].flatMap((path) =>
		JSON.parse(readFileSync(path, "utf8")),
	);
	writeFileSync(file, JSON.stringify(keys));
	const both = openVault(folder).vault;
	expect([both.open(old, place), both.open(young, place)]).toEqual([
		"old",
		"young",
	]);
});

test("a key file that others can read, or that is damaged, is refused with what to do", () => {
	const { folder, file, vault } = openVault();
	vault.seal("secret", place);
	chmodSync(file, 0o644);
	expect(() => openVault(folder)).toThrow(`chmod 600 '${file}'`);
	chmodSync(file, 0o600);
	writeFileSync(file, '[{"id":"a"}]');
	expect(() => openVault(folder)).toThrow("is damaged");
	rmSync(file);
	expect(codeOf(() => openVault(folder).vault.open("v1.a.b.c", place))).toBe(
		"TAMPERED",
	);
});
