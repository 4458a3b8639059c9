import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { Channel } from "../../src-renderer/transport/channel.ts";
import { portChannel } from "../../src-renderer/transport/message-port-channel.ts";
import {
	contract,
	type Member,
	type RequestLimit,
	type Session,
	type TenantSettings,
} from "../../src-shared/contract/index.ts";
import { type Role, roleAtLeast } from "../../src-shared/domain/roles.ts";
import { FakeEngine } from "./fake-engine.ts";

/** A person as the engine tells of them. */
export function person(
	id: string,
	name: string,
	role: Role,
	draft: Partial<Member> = {},
): Member {
	return {
		id,
		name,
		email: `${name.toLowerCase()}@example.com`,
		role,
		isActive: true,
		isLocalOwner: false,
		canSignIn: true,
		createdAt: Date.now(),
		...draft,
	};
}

/** The fake engine with people, the rule of four eyes and request limits. */
export class FakeTenant extends FakeEngine {
	members: Member[];
	/** Whose window it is. */
	me: string;
	fourEyes: TenantSettings["fourEyes"] = "auto";
	limits: RequestLimit[] = [];
	/** Message that every reading call fails with while it is set. */
	fault: string | null = null;
	/** What was asked to change, oldest first. */
	readonly asked: unknown[] = [];
	readonly passwords = new Map<string, string>();

	constructor(members: Member[], me: string) {
		super({ models: ["fraud-v2"] });
		this.members = members;
		this.me = me;
	}

	/** Changes a person behind the window's back, and tells it. */
	change(id: string, change: Partial<Member>): Member {
		const found = this.find(id);
		const next = { ...found, ...change };
		this.members = this.members.map((each) => (each.id === id ? next : each));
		this.incidents.publish({ kind: "members" });
		return next;
	}

	find(id: string): Member {
		const found = this.members.find((each) => each.id === id);
		if (found === undefined) throw new Error(`nobody is ${id}`);
		return found;
	}

	override async open(): Promise<Channel> {
		const { port1, port2 } = new MessageChannel();
		new RPCHandler({
			...this.router,
			...this.#tenantRoutes(),
		}).upgrade(port2);
		port2.start();
		return portChannel(port1);
	}

	#session(): Session {
		const { id, name, email, role, isLocalOwner } = this.find(this.me);
		return {
			user: { id, name, email },
			tenant: { id: "t1", name: "Acme" },
			role,
			isLocalOwner,
		};
	}

	#settings(): TenantSettings {
		const approvers = this.members.filter(
			({ isActive, role }) => isActive && roleAtLeast(role, "admin"),
		).length;
		return {
			fourEyes: this.fourEyes,
			isFourEyes:
				this.fourEyes === "on" || (this.fourEyes === "auto" && approvers > 1),
			approvers,
			changedBy: null,
			changedAt: null,
		};
	}

	#read<T>(value: T): T {
		if (this.fault !== null) throw new Error(this.fault);
		return value;
	}

	#tenantRoutes() {
		const os = implement(contract);
		return {
			system: {
				...this.router.system,
				session: os.system.session.handler(() => this.#session()),
			},
			users: {
				add: os.users.add.handler(({ input, errors }) => {
					this.asked.push(input);
					if (this.members.some(({ email }) => email === input.email)) {
						throw errors.TAKEN();
					}
					const added = person(
						`p${this.members.length + 1}`,
						input.name,
						input.role,
						{
							email: input.email,
						},
					);
					this.members.push(added);
					this.incidents.publish({ kind: "members" });
					return added;
				}),
				list: os.users.list.handler(() => this.#read(this.members)),
				setRole: os.users.setRole.handler(({ input, errors }) => {
					this.asked.push(input);
					if (this.find(input.id).isLocalOwner) throw errors.CONFLICT();
					return this.change(input.id, { role: input.role });
				}),
				setActive: os.users.setActive.handler(({ input }) => {
					this.asked.push(input);
					return this.change(input.id, { isActive: input.isActive });
				}),
				setPassword: os.users.setPassword.handler(({ input, errors }) => {
					this.asked.push(input);
					const needed = this.passwords.get(input.id);
					if (
						input.id === this.me &&
						needed !== undefined &&
						input.currentPassword !== needed
					) {
						throw errors.INVALID();
					}
					this.passwords.set(input.id, input.password);
					return this.change(input.id, { canSignIn: true });
				}),
			},
			settings: {
				get: os.settings.get.handler(() => this.#read(this.#settings())),
				set: os.settings.set.handler(({ input }) => {
					this.asked.push(input);
					this.fourEyes = input.fourEyes;
					this.incidents.publish({ kind: "members" });
					return this.#settings();
				}),
				limits: os.settings.limits.handler(() => this.#read(this.limits)),
			},
		};
	}
}
