import { useComputedColorScheme } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { useMemo } from "react";
import { usePreferences } from "../../ground/preferences.ts";
import { type ChartLook, chartLook } from "./chart-look.ts";

/** The look of charts under the person's colour scheme, motion setting and time zone. */
export function useChartLook(): ChartLook {
	const scheme = useComputedColorScheme("light");
	const isReduced = useReducedMotion();
	const isUtc = usePreferences((preferences) => preferences.zone === "utc");
	return useMemo(
		() =>
			chartLook({
				isDark: scheme === "dark",
				fontFamily:
					getComputedStyle(document.body).fontFamily || "system-ui, sans-serif",
				isAnimated: !isReduced,
				isUtc,
			}),
		[scheme, isReduced, isUtc],
	);
}
