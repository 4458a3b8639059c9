import { Suspense, useEffect } from "react";
import { desktopBridge } from "../transport/desktop-bridge.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { PaneBoundary } from "./error-boundary.tsx";
import { useShortcuts } from "./keyboard.ts";
import { NotFound } from "./not-found.tsx";
import { Rail } from "./rail.tsx";
import { navigate, usePlace } from "./router.ts";
import { pageOf, pages } from "./routes.tsx";
import classes from "./shell.module.css";
import { StatusBar } from "./status-bar.tsx";

/** The frame of the window: rail, page, status bar. */
export function Shell() {
	const place = usePlace();
	const page = pageOf(place.path);
	useShortcuts(
		pages.map((each) => ({
			keys: each.digit,
			label: `Go to ${each.label}`,
			group: "Everywhere",
			run: () => {
				navigate([each.id]);
				return true;
			},
		})),
	);
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
		</div>
	);
}

function focusPage(): void {
	document.getElementById("page")?.focus();
}
