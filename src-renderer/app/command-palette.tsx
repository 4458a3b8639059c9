import { useMantineColorScheme } from "@mantine/core";
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { KeyCaps } from "../components/key-caps.tsx";
import type { Command } from "../ground/command.ts";
import { useWorkspace } from "../state/engine-context.tsx";
import classes from "./command-palette.module.css";
import { paletteCommands } from "./palette-commands.ts";

/** Draws the palette again while what it looks into is being loaded; live changes wait for the next letter, so that nothing jumps. */
function useLoading(): void {
	const { feed, lists } = useWorkspace();
	useStore(feed.progress, ({ loaded }) => loaded);
	useStore(lists, (each) => each.models?.length ?? 0);
	useStore(lists, (each) => each.catalogue?.playbooks.length ?? 0);
}

/** Everything by name: pages, incidents, models, verbs and settings, behind ⌘K. */
export function CommandPalette(props: { onHelp(): void }) {
	const workspace = useWorkspace();
	const { setColorScheme } = useMantineColorScheme();
	const [query, setQuery] = useState("");
	const [isOpen, setOpen] = useState(false);
	const list = useRef<HTMLDivElement>(null);
	useLoading();
	useEffect(() => {
		// Mantine marks the line that Enter takes when the words change, not when lines come in later.
		const lines = list.current;
		if (query === "" || lines === null) return;
		if (lines.querySelector("[data-selected]") !== null) return;
		lines.querySelector("[data-action]")?.setAttribute("data-selected", "true");
	});
	const groups = isOpen
		? byGroup(paletteCommands(workspace, query, setColorScheme, props.onHelp))
		: [];
	return (
		<Spotlight.Root
			query={query}
			onQueryChange={setQuery}
			onSpotlightOpen={() => setOpen(true)}
			onSpotlightClose={() => {
				setOpen(false);
				setQuery("");
			}}
			shortcut={null}
			attributes={{ content: { "aria-label": "Commands" } }}
			size={620}
			scrollable
			maxHeight={420}
			transitionProps={{ duration: 0 }}
			overlayProps={{ backgroundOpacity: 0.4 }}
		>
			<Spotlight.Search
				placeholder="Go to, do, or find an incident by number or title"
				leftSection={<IconSearch size={16} stroke={1.5} />}
			/>
			<Spotlight.ActionsList ref={list}>
				{groups.map(([group, commands]) => (
					<Spotlight.ActionsGroup
						key={group}
						label={group}
						className={classes.group}
					>
						{commands.map((command) => (
							<Spotlight.Action
								key={command.id}
								className={classes.action}
								onClick={command.run}
							>
								<span className={classes.line}>
									<span className="truncate">{command.label}</span>
									{command.detail !== undefined && (
										<span className={`${classes.detail} tabular`}>
											{command.detail}
										</span>
									)}
									{command.keys !== undefined && (
										<KeyCaps keys={command.keys} />
									)}
								</span>
							</Spotlight.Action>
						))}
					</Spotlight.ActionsGroup>
				))}
				{groups.length === 0 && (
					<Spotlight.Empty>
						Nothing is called “{query}”. Search finds incidents, models and
						commands.
					</Spotlight.Empty>
				)}
			</Spotlight.ActionsList>
		</Spotlight.Root>
	);
}

function byGroup(commands: readonly Command[]): [string, readonly Command[]][] {
	const groups = new Map<string, Command[]>();
	for (const command of commands) {
		const known = groups.get(command.group);
		if (known === undefined) groups.set(command.group, [command]);
		else known.push(command);
	}
	return [...groups];
}
