import type { Member } from "../../../src-main/engine/identity/index.ts";
import { type Role, roles } from "../../../src-shared/domain/roles.ts";
import { alice, bob, openIdentity } from "./open-identity.ts";

export const password = "a good password";

/** A tenant of its own, with Bob as its owner and one person of each role besides. */
export async function openTenant() {
	const opened = openIdentity();
	const { identity } = opened;
	await identity.register(alice, 900);
	const { account } = await identity.register(bob, 900);
	const founder = identity.principalOfUser(account.tenant, account.id);
	if (founder === null) throw new Error("just registered");
	const owner = founder.needs("owner");
	const ids: Record<Role, string> = {} as Record<Role, string>;
	for (const role of roles) {
		const email = `${role}@example.com`;
		const added = await identity.addUser(owner, {
			email,
			name: `The ${role}`,
			password,
			role,
		});
		ids[role] = added.id;
	}
	const principal = <Own extends Role>(role: Own): Member<Own> => {
		const found = identity.principalOfUser(owner.tenant, ids[role]);
		if (found === null) throw new Error(`no ${role}`);
		return found.needs(role);
	};
	return { ...opened, owner, ids, principal };
}

/** The code of what `work` refused with, or "done". */
export async function outcome(work: () => unknown): Promise<string> {
	try {
		await work();
		return "done";
	} catch (error) {
		return (error as { code?: string }).code ?? String(error);
	}
}
