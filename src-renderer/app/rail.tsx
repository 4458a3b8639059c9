import { Tooltip, UnstyledButton } from "@mantine/core";
import { IconBellRinging2 } from "@tabler/icons-react";
import { KeyCaps } from "../components/key-caps.tsx";
import { ProjectTile } from "../features/projects/index.ts";
import { navigate } from "../ground/router.ts";
import classes from "./rail.module.css";
import { useRailCounts } from "./rail-counts.ts";
import { type Page, pages } from "./routes.ts";

/** The narrow rail: every page with its number key and, where there is one, its live count. */
export function Rail(props: { readonly current: Page["id"] | null }) {
	const counts = useRailCounts();
	return (
		<nav className={classes.rail} aria-label="Pages">
			<div className={classes.mark} aria-hidden="true">
				<IconBellRinging2 size={18} stroke={1.75} />
			</div>
			<ProjectTile />
			{pages.map((page) => {
				const count = counts[page.id];
				return (
					<Tooltip
						key={page.id}
						position="right"
						label={
							<span>
								{page.label}
								{count !== undefined && count.value > 0 && `: ${count.meaning}`}{" "}
								<KeyCaps keys={page.digit} />
							</span>
						}
					>
						<UnstyledButton
							className={classes.entry}
							data-current={page.id === props.current || undefined}
							data-bottom={page.id === "settings" || undefined}
							aria-current={page.id === props.current ? "page" : undefined}
							onClick={() => navigate([page.id])}
						>
							<page.icon size={18} stroke={1.6} aria-hidden="true" />
							<span className={classes.label}>{page.label}</span>
							{count !== undefined && (
								<span className="visually-hidden">, {count.meaning}</span>
							)}
							{count !== undefined && count.value > 0 && (
								<span
									className={classes.count}
									data-urgent={count.urgent || undefined}
									aria-hidden="true"
								>
									{count.value > 999 ? "999+" : count.value}
								</span>
							)}
						</UnstyledButton>
					</Tooltip>
				);
			})}
		</nav>
	);
}
