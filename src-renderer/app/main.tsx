import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@fontsource-variable/inter/wght.css";
import "./tokens.css";
import "./base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "../../src-shared/domain/must.ts";
import { openWorkspace } from "../state/workspace.ts";
import { App } from "./app.tsx";

const root = must(document.getElementById("root"), "index.html has #root");
createRoot(root).render(
	<StrictMode>
		<App workspace={openWorkspace()} />
	</StrictMode>,
);
