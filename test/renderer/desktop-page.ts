import { createORPCClient, safe } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { desktopBridge } from "../../src-renderer/transport/desktop-bridge.ts";
import { openPortChannel } from "../../src-renderer/transport/message-port-channel.ts";
import { must } from "../../src-shared/domain/must.ts";
import type {
	DesktopPage,
	pageContract,
} from "../desktop/preload/page-contract.ts";

const bridge = must(desktopBridge(), "the preload ran before the page");
const incidents: string[] = [];

const page: DesktopPage = {
	incidents,
	listen() {
		bridge.onOpenIncident((id) => incidents.push(id));
	},
	pathOf: () => bridge.pathOf(new File(["x"], "events.csv")),
	async talk() {
		const channel = await openPortChannel(bridge, AbortSignal.timeout(10_000));
		const client = createORPCClient<ContractRouterClient<typeof pageContract>>(
			channel.link,
		);
		const echo = await client.echo({
			text: "drift \u{1f514}",
			at: new Date(0),
		});
		const [error] = await safe(client.refuse());
		const ticks: number[] = [];
		for await (const { tick } of await client.ticks()) ticks.push(tick);
		return {
			text: echo.text,
			time: echo.at.getTime(),
			error: error?.message ?? null,
			ticks,
		};
	},
	async outlive() {
		const channel = await openPortChannel(bridge, AbortSignal.timeout(10_000));
		document.title = "connected";
		return await channel.closed;
	},
};
Object.assign(window, { page });
