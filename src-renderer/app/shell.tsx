import { spotlight } from "@mantine/spotlight";
import { Suspense, useEffect, useState } from "react";
import { PaneBoundary } from "../components/error-boundary.tsx";
import { ProjectDialogsView } from "../features/projects/index.ts";
import { VerbDialogs } from "../features/triage/index.ts";
import { type Shortcut, useShortcuts } from "../ground/keyboard.ts";
import { usePreferences } from "../ground/preferences.ts";
import { navigate, usePlace } from "../ground/router.ts";
import { desktopBridge } from "../transport/desktop-bridge.ts";
import { CommandPalette } from "./command-palette.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { NotFound } from "./not-found.tsx";
import { Rail } from "./rail.tsx";
import { pageOf, pages } from "./routes.ts";
import classes from "./shell.module.css";
import { StatusBar } from "./status-bar.tsx";
import { useApprovalNews } from "./use-approval-news.ts";
import { useArrivals } from "./use-arrivals.ts";

/** The frame of the window: rail, page, status bar. */
export function Shell() {
	const place = usePlace();
	const page = pageOf(place.path);
	const [isHelpOpen, setHelpOpen] = useState(false);
	useArrivals();
	useApprovalNews();
	useShortcuts([
		{
			...everywhere("mod+k", "Go to, do or find anything", spotlight.toggle),
			inFields: true,
		},
		...pages.map((each) =>
			everywhere(each.digit, `Go to ${each.label}`, () => navigate([each.id])),
		),
		everywhere("u", "Times in UTC or local", () => {
			const { zone, setZone } = usePreferences.getState();
			setZone(zone === "utc" ? "local" : "utc");
		}),
		everywhere("?", "Show every key", () => setHelpOpen(true)),
	]);
	useEffect(
		() => desktopBridge()?.onOpenIncident((id) => navigate(["incident", id])),
		[],
	);
	useEffect(() => {
		document.title = page === null ? "Tocsin" : `${page.label} · Tocsin`;
	}, [page]);
	return (
		<div className={classes.frame}>
			<button type="button" className={classes.skip} onClick={focusPage}>
				Skip to the page
			</button>
			<Rail current={page?.id ?? null} />
			<div className={classes.main}>
				<ConnectionBanner />
				<main id="page" className={classes.page} tabIndex={-1}>
					{page === null ? (
						<NotFound />
					) : (
						<PaneBoundary key={page.id} name={page.label}>
							<Suspense fallback={null}>
								<page.Component />
							</Suspense>
						</PaneBoundary>
					)}
				</main>
			</div>
			<StatusBar />
			<VerbDialogs />
			<ProjectDialogsView />
			<CommandPalette onHelp={() => setHelpOpen(true)} />
			{isHelpOpen && <KeyboardHelp onClose={() => setHelpOpen(false)} />}
		</div>
	);
}

function everywhere(keys: string, label: string, run: () => void): Shortcut {
	return {
		keys,
		label,
		group: "Everywhere",
		run() {
			run();
			return true;
		},
	};
}

function focusPage(): void {
	document.getElementById("page")?.focus();
}
