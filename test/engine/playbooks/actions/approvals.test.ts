// An approval is by one person, of exactly what was dry-run, used once, within an hour. Who
// may give it is a table; everything that decides is asked again when it is used. Nobody is
// believed about who they are but by their own credential.

import { describe, expect, test } from "vitest";
import type { EngineErrorCode } from "../../../../src-main/engine/errors.ts";
import type { Member } from "../../../../src-main/engine/identity/access/index.ts";
import { type Role, roles } from "../../../../src-shared/domain/roles.ts";
import { testMember } from "../../test-member.ts";
import { acme, openBench, type PlaybooksBench } from "./playbooks-bench.ts";
import { coded } from "./runs.ts";
import { wait } from "./small-catalogue.ts";

const hour = 3_600_000;

/** A playbook that needs an approval when `danger` is set, dry-run by Linus. */
function benchWith(
	by: (bench: PlaybooksBench) => Member<"engineer"> = (bench) =>
		bench.as("linus"),
) {
	const bench = openBench();
	bench.catalogue.add({
		id: "risky",
		steps: () => [wait(0)],
		requiresApproval: ({ danger }) => danger === true,
	});
	const incidentId = bench.incident();
	const dryRun = (params: Record<string, unknown> = { danger: true }) =>
		bench.playbooks.dryRun(by(bench), {
			incidentId,
			playbookId: "risky",
			params,
		});
	const execute = async (
		principal: Member<"engineer">,
		dryRunId: string,
		approver?: Member,
	) => {
		const { ended } = await bench.playbooks.execute(principal, {
			dryRunId,
			approver,
		});
		return await ended;
	};
	return Object.assign(bench, { incidentId, dryRun, execute });
}

describe("who may approve", () => {
	const approvers = [
		"author",
		"other",
		"maker of the key",
		"inactive",
		"key",
	] as const;
	const cases = approvers.flatMap((who) =>
		roles.flatMap((role) =>
			[false, true].map((isFourEyes) => ({ who, role, isFourEyes })),
		),
	);

	/** The rule once more, the other way round. */
	function may(
		who: (typeof approvers)[number],
		role: Role,
		isFourEyes: boolean,
	) {
		if (who === "key" || who === "inactive") return false;
		if (role === "engineer" || role === "viewer") return false;
		return who === "other" || !isFourEyes;
	}

	test.each(cases)(
		"$who, $role, four eyes $isFourEyes",
		async ({ who, role, isFourEyes }) => {
			const bench = benchWith((bench) =>
				who === "maker of the key" ? bench.key("ken") : bench.as("linus"),
			);
			bench.isFourEyes = isFourEyes;
			const dry = bench.dryRun();
			const id = {
				author: "linus",
				other: "grace",
				"maker of the key": "ken",
				inactive: "grace",
				key: "grace",
			}[who];
			const person = bench.people.get(id) ?? expect.fail();
			person.role = role;
			person.isActive = who !== "inactive";
			const approver =
				who === "key"
					? (testMember(acme, role, {
							kind: "api",
							id: "key-of-grace",
						}) as Member<"owner">)
					: bench.as(id);
			const expected = may(who, role, isFourEyes);
			const fault = bench.playbooks.approvalFault(
				bench.as("vera"),
				dry.id,
				approver,
			);
			expect(fault === null).toBe(expected);
			expect(
				bench.playbooks.action(approver, dry.id).approvalFault === null,
			).toBe(expected);
			if (!expected) {
				expect(() => bench.playbooks.approve(approver, dry.id)).toThrowError(
					coded("FORBIDDEN"),
				);
				await expect(
					bench.execute(bench.as("ken"), dry.id, approver),
				).rejects.toThrowError(coded("FORBIDDEN"));
				expect(bench.playbooks.action(approver, dry.id).approval).toBeNull();
				return;
			}
			expect(bench.playbooks.approve(approver, dry.id).approval).toEqual({
				approverId: id,
				approverName: person.name,
				approvedAt: bench.ports.clock.now(),
				expiresAt: bench.ports.clock.now() + hour,
			});
			expect(
				bench.playbooks.action(approver, dry.id).approvalRequestedAt,
			).toBeNull();
		},
	);

	test("somebody of another tenant never", () => {
		const bench = benchWith();
		const dry = bench.dryRun();
		const olga = testMember(acme, "owner", { id: "olga", name: "Olga" });
		expect(() => bench.playbooks.approve(olga, dry.id)).toThrowError(
			coded("FORBIDDEN"),
		);
	});
});

describe("when it is used", () => {
	type Change = (
		bench: ReturnType<typeof benchWith>,
		dryRunId: string,
	) => void | Promise<void>;
	test.each<[string, string, boolean, Change, EngineErrorCode | null]>([
		["nothing changed", "linus", false, () => {}, null],
		["somebody else runs it", "ken", true, () => {}, null],
		["the approver runs it, and may", "grace", false, () => {}, null],
		[
			"the approver runs it under four eyes",
			"grace",
			true,
			() => {},
			"FORBIDDEN",
		],
		[
			"a minute is left",
			"linus",
			false,
			(bench) => bench.ports.clock.set(bench.ports.clock.now() + hour - 60_000),
			null,
		],
		[
			"it expired",
			"linus",
			false,
			(bench) => bench.ports.clock.set(bench.ports.clock.now() + hour),
			"FORBIDDEN",
		],
		[
			"the approver lost the role",
			"linus",
			false,
			(bench) => {
				(bench.people.get("grace") ?? expect.fail()).role = "engineer";
			},
			"FORBIDDEN",
		],
		[
			"the approver was turned off",
			"linus",
			false,
			(bench) => {
				(bench.people.get("grace") ?? expect.fail()).isActive = false;
			},
			"FORBIDDEN",
		],
		[
			"it was taken back",
			"linus",
			false,
			(bench, id) => {
				bench.playbooks.decline(bench.as("ada"), id, "not now");
			},
			"FORBIDDEN",
		],
		[
			"the playbook changed",
			"linus",
			false,
			(bench) =>
				bench.catalogue.add({
					id: "risky",
					version: 2,
					steps: () => [wait(0)],
					requiresApproval: () => true,
				}),
			"CONFLICT",
		],
		[
			"the playbook needs none any more",
			"linus",
			false,
			(bench) => bench.catalogue.add({ id: "risky", steps: () => [wait(1)] }),
			"CONFLICT",
		],
		[
			"it was used",
			"linus",
			false,
			async (bench, id) => {
				await bench.execute(bench.as("linus"), id);
			},
			"CONFLICT",
		],
		["a viewer runs it", "vera", false, () => {}, "FORBIDDEN"],
	])("%s", async (_, runner, isFourEyes, change, refusal) => {
		const bench = benchWith();
		const dry = bench.dryRun();
		bench.playbooks.approve(bench.as("grace"), dry.id);
		bench.isFourEyes = isFourEyes;
		await change(bench, dry.id);
		const before = bench.playbooks.actions(bench.as("ada")).total;
		if (refusal !== null) {
			await expect(
				bench.execute(bench.as(runner), dry.id),
			).rejects.toThrowError(coded(refusal));
			expect(bench.playbooks.actions(bench.as("ada")).total).toBe(before);
			return;
		}
		expect(await bench.execute(bench.as(runner), dry.id)).toMatchObject({
			status: "success",
			approval: { approverId: "grace", approverName: "Grace" },
		});
	});

	test("changed parameters need one of their own", async () => {
		const bench = benchWith();
		bench.playbooks.approve(bench.as("grace"), bench.dryRun().id);
		const changed = bench.dryRun({ danger: true, more: 1 });
		await expect(
			bench.execute(bench.as("linus"), changed.id),
		).rejects.toThrowError(coded("FORBIDDEN", { needsApproval: true }));
		// Nor does it serve another dry run of the same.
		await expect(
			bench.execute(bench.as("linus"), bench.dryRun().id),
		).rejects.toThrowError(coded("FORBIDDEN"));
	});

	test("an approver with their own credential approves in the same request", async () => {
		const bench = benchWith();
		bench.isFourEyes = true;
		const { id } = bench.dryRun();
		await expect(
			bench.execute(bench.as("grace"), id, bench.as("grace")),
		).rejects.toThrowError(coded("FORBIDDEN"));
		expect(
			await bench.execute(bench.as("linus"), id, bench.as("grace")),
		).toMatchObject({ status: "success", approval: { approverName: "Grace" } });
		expect(bench.story(bench.incidentId)[0]).toMatch(
			/started, approved by Grace/,
		);
	});

	test("a refused execution leaves the approval to be used", async () => {
		const bench = benchWith();
		const { id } = bench.dryRun();
		bench.playbooks.approve(bench.as("grace"), id);
		bench.people.get("grace") ?? expect.fail();
		bench.playbooks.setLimitScale(1e-9);
		const other = bench.dryRun.bind(null, { danger: false });
		bench.playbooks.setLimitScale(0);
		await bench.execute(bench.as("linus"), other().id);
		bench.playbooks.setLimitScale(1e-9);
		await expect(bench.execute(bench.as("linus"), id)).rejects.toThrowError(
			coded("RATE_LIMITED", { limit: 1 }),
		);
		bench.playbooks.setLimitScale(1);
		expect((await bench.execute(bench.as("linus"), id)).status).toBe("success");
	});
});

test("what needs no approval has none, and cannot be approved", async () => {
	const bench = benchWith();
	const { id, requiresApproval } = bench.dryRun({ danger: false });
	expect(requiresApproval).toBe(false);
	for (const call of [
		() => bench.playbooks.approve(bench.as("grace"), id),
		() => bench.playbooks.requestApproval(bench.as("linus"), id),
		() => bench.playbooks.decline(bench.as("grace"), id, ""),
	]) {
		expect(call).toThrowError(coded("CONFLICT"));
	}
	expect(await bench.execute(bench.key(), id)).toMatchObject({
		status: "success",
		approval: null,
	});
});

test("a request is seen by those who may give it, until it is approved, declined or done", async () => {
	const bench = benchWith();
	bench.isFourEyes = true;
	const waiting = (id: string) =>
		bench.playbooks
			.actions(bench.as(id), { awaitingMe: true })
			.items.map(({ number }) => number);
	const first = bench.dryRun();
	const second = bench.dryRun();
	expect(waiting("grace")).toEqual([]);
	expect(
		bench.playbooks.requestApproval(bench.as("linus"), first.id)
			.approvalRequestedAt,
	).toBe(bench.ports.clock.now());
	bench.playbooks.requestApproval(bench.as("linus"), second.id);
	expect(waiting("grace")).toEqual([2, 1]);
	expect(waiting("ada")).toEqual([2, 1]);
	for (const id of ["linus", "ken", "vera", "olga"]) {
		expect(waiting(id)).toEqual([]);
	}
	bench.playbooks.decline(bench.as("ada"), second.id, "Not on a Friday.");
	expect(bench.playbooks.action(bench.as("linus"), second.id)).toMatchObject({
		message: "Ada declined RISKY (#2): Not on a Friday.",
		approvalRequestedAt: null,
	});
	expect(waiting("grace")).toEqual([1]);
	bench.playbooks.approve(bench.as("grace"), first.id);
	expect(waiting("ada")).toEqual([]);
	expect(() => bench.playbooks.approve(bench.as("ada"), first.id)).toThrowError(
		coded("CONFLICT"),
	);
	bench.ports.clock.set(bench.ports.clock.now() + hour);
	expect(waiting("ada")).toEqual([1]);
	bench.playbooks.approve(bench.as("ada"), first.id);
	await bench.execute(bench.as("linus"), first.id);
	expect(waiting("grace")).toEqual([]);
	expect(() =>
		bench.playbooks.decline(bench.as("ken"), first.id, ""),
	).toThrowError(coded("FORBIDDEN"));
	expect(bench.story(bench.incidentId)).toEqual([
		expect.stringMatching(/^Approval asked for RISKY \(#1\): wait 0 s/),
		expect.stringMatching(/^Approval asked for RISKY \(#2\)/),
		"Ada declined RISKY (#2): Not on a Friday.",
		expect.stringMatching(/^Grace approved RISKY \(#1\)/),
		expect.stringMatching(/^Ada approved RISKY \(#1\)/),
		expect.stringMatching(/^Playbook RISKY \(#3\) started, approved by Ada/),
		expect.stringMatching(/^Playbook RISKY \(#3\): Successfully/),
	]);
});
