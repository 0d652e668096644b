/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change.h"

static const struct
{
  const char *name;
  char mark;
} changes[ROAD_N_CHANGES] = {
  [ROAD_CHANGE_NONE] = { "unchanged", '=' },
  [ROAD_CHANGE_NEW] = { "new", '+' },
  [ROAD_CHANGE_GONE] = { "gone", '-' },
  [ROAD_CHANGE_OTHER] = { "changed", '~' },
  [ROAD_CHANGE_NOT_COMPARED] = { "not-compared", '?' },
};

static const char *const host_findings[ROAD_N_HOST_FINDINGS] = {
  [ROAD_HOST_NOT_SCANNED] = "not-scanned",
  [ROAD_HOST_WAS_UP] = "up",
  [ROAD_HOST_WAS_DOWN] = "down",
  [ROAD_HOST_WAS_SILENT] = "no-answer",
  [ROAD_HOST_WAS_NOT_LISTED] = "none-open",
};

static const char *const port_verdicts[ROAD_N_PORT_VERDICTS] = {
  [ROAD_PORT_NOT_SCANNED] = "not-scanned", [ROAD_PORT_WAS_OPEN] = "open",
  [ROAD_PORT_WAS_CLOSED] = "closed",       [ROAD_PORT_WAS_FILTERED] = "filtered",
  [ROAD_PORT_WAS_NOT_OPEN] = "not-open",   [ROAD_PORT_HOST_WAS_DOWN] = "host-down",
};

const char *
road_change_to_string (RoadChange change)
{
  g_return_val_if_fail (change < ROAD_N_CHANGES, NULL);

  return changes[change].name;
}

/* Returns: the ASCII character at the beginning of a line with that change, like diff's */
char
road_change_get_mark (RoadChange change)
{
  g_return_val_if_fail (change < ROAD_N_CHANGES, ' ');

  return changes[change].mark;
}

const char *
road_host_finding_to_string (RoadHostFinding finding)
{
  g_return_val_if_fail (finding < ROAD_N_HOST_FINDINGS, NULL);

  return host_findings[finding];
}

const char *
road_port_verdict_to_string (RoadPortVerdict verdict)
{
  g_return_val_if_fail (verdict < ROAD_N_PORT_VERDICTS, NULL);

  return port_verdicts[verdict];
}

/* Down and silent differ only in how much the scan probed. */
static gboolean
is_away (RoadHostFinding finding)
{
  return finding == ROAD_HOST_WAS_DOWN || finding == ROAD_HOST_WAS_SILENT;
}

/* Returns: the change of the host itself, whatever its ports are */
RoadChange
road_host_finding_compare (RoadHostFinding before, RoadHostFinding after)
{
  if (before == ROAD_HOST_NOT_SCANNED || after == ROAD_HOST_NOT_SCANNED)
    return ROAD_CHANGE_NOT_COMPARED;
  if (is_away (before) && after == ROAD_HOST_WAS_UP)
    return ROAD_CHANGE_NEW;
  if (before == ROAD_HOST_WAS_UP && is_away (after))
    return ROAD_CHANGE_GONE;

  return ROAD_CHANGE_NONE;
}

static gboolean
is_definite (RoadPortVerdict verdict)
{
  return verdict == ROAD_PORT_WAS_CLOSED || verdict == ROAD_PORT_WAS_FILTERED;
}

/**
 * road_port_finding_compare:
 * @before: what one report says about a port
 * @after: what the other says
 *
 * Returns: what became of the port
 */
RoadChange
road_port_finding_compare (const RoadPortFinding *before,
                           const RoadPortFinding *after,
                           RoadCompareFlags flags)
{
  g_return_val_if_fail (before != NULL && after != NULL, ROAD_CHANGE_NOT_COMPARED);

  if (before->verdict == ROAD_PORT_NOT_SCANNED || after->verdict == ROAD_PORT_NOT_SCANNED)
    return ROAD_CHANGE_NOT_COMPARED;

  if (before->verdict == after->verdict)
    {
      gboolean same_reason = before->reason == after->reason &&
                             road_address_equal (&before->reason_from, &after->reason_from);

      return (flags & ROAD_COMPARE_REASONS) && !same_reason ? ROAD_CHANGE_OTHER : ROAD_CHANGE_NONE;
    }

  if (after->verdict == ROAD_PORT_WAS_OPEN)
    return ROAD_CHANGE_NEW;
  if (before->verdict == ROAD_PORT_WAS_OPEN)
    return ROAD_CHANGE_GONE;

  /* Of the other verdicts only closed and filtered contradict each other. */
  return !(flags & ROAD_COMPARE_OPEN) && is_definite (before->verdict) &&
                 is_definite (after->verdict)
             ? ROAD_CHANGE_OTHER
             : ROAD_CHANGE_NONE;
}
