import { join } from "node:path";
import { onTestFinished } from "vitest";
import { IdentityService } from "../../../src-main/engine/identity/index.ts";
import type { Log } from "../../../src-main/engine/ports.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { type TestPorts, temporaryFolder, testPorts } from "../test-ports.ts";

export const alice = {
	email: "alice@example.com",
	password: "securepassword123",
	full_name: "Alice Doe",
	tenant_name: "Acme Corporation",
};
export const bob = {
	email: "bob@example.com",
	password: "another password",
	full_name: "Bob Roe",
	tenant_name: "Beta",
};

/** An identity service on a store of its own, closed when the test is over. */
export function openIdentity(
	options: {
		folder?: string;
		ports?: TestPorts;
		allowRegistration?: boolean;
		membersChanged?: (tenantKey: number) => void;
		onInfo?: Log["info"];
	} = {},
) {
	const folder = options.folder ?? temporaryFolder(onTestFinished);
	const silent = options.ports ?? testPorts();
	const ports: TestPorts =
		options.onInfo === undefined
			? silent
			: { ...silent, log: { ...silent.log, info: options.onInfo } };
	const store = openCommandStore(join(folder, "command.db"), ports);
	const identity = new IdentityService(store, ports, {
		dataDirectory: folder,
		allowRegistration: options.allowRegistration ?? true,
		membersChanged: options.membersChanged ?? (() => {}),
	});
	let isOpen = true;
	const close = () => {
		if (!isOpen) return;
		isOpen = false;
		identity.close();
		store.close();
	};
	onTestFinished(close);
	return { identity, store, ports, folder, close };
}
