import { Suspense } from "react";
import { PageHeader } from "../../components/page-header.tsx";
import { useShortcuts } from "../../ground/keyboard.ts";
import { navigate, placeHash, usePlace } from "../../ground/router.ts";
import classes from "./settings-page.module.css";
import { sectionOf, sections } from "./settings-sections.tsx";

/** The list of sections, and the one that the address names: `#/settings/members`. */
export function SettingsPage() {
	const { path } = usePlace();
	const current = sectionOf(path[1]);
	const go = (step: number) => {
		const at = sections.indexOf(current) + step;
		const next = sections[at];
		if (next === undefined) return false;
		navigate(["settings", next.id]);
		return true;
	};
	useShortcuts([
		{
			keys: "j",
			label: "Next section",
			group: "Settings",
			run: () => go(1),
		},
		{
			keys: "k",
			label: "Section before",
			group: "Settings",
			run: () => go(-1),
		},
	]);
	return (
		<div className={classes.page}>
			<PageHeader title="Settings" />
			<div className={classes.body}>
				<nav className={classes.nav} aria-label="Settings">
					{sections.map(({ id, label, icon: Icon }) => (
						<a
							key={id}
							href={placeHash(["settings", id])}
							aria-current={id === current.id ? "page" : undefined}
						>
							<Icon size={16} stroke={1.6} aria-hidden="true" />
							{label}
						</a>
					))}
				</nav>
				<div key={current.id} className={classes.scroll}>
					<Suspense fallback={null}>
						<current.Component />
					</Suspense>
				</div>
			</div>
		</div>
	);
}
