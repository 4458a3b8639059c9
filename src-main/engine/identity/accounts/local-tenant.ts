import type { UnitOfWork } from "../../store/index.ts";
import type { Accounts } from "./accounts.ts";

/** Makes the tenant and the owner of this machine, where the data folder has none. */
export function makeLocalTenant(work: UnitOfWork, accounts: Accounts): void {
	work.run((transaction) => {
		if (accounts.localOwner() !== null) return;
		const { tenantKey } = accounts.addTenant(transaction, "Local");
		accounts.addUser(transaction, {
			tenantKey,
			email: "owner@localhost",
			fullName: "Local owner",
			passwordHash: null,
			role: "owner",
			isLocalOwner: true,
		});
	});
}
