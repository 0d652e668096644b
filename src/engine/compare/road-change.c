/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change.h"

#include "engine/base/road-enum.h"
#include "road-engine-enums.h"

const char *
road_change_to_string (RoadChange change)
{
  return road_enum_to_string (ROAD_TYPE_CHANGE, change);
}

/* Returns: the ASCII character at the beginning of a line with that change, like diff's */
char
road_change_get_mark (RoadChange change)
{
  static const char marks[ROAD_N_CHANGES] = {
    [ROAD_CHANGE_NONE] = '=',  [ROAD_CHANGE_NEW] = '+',          [ROAD_CHANGE_GONE] = '-',
    [ROAD_CHANGE_OTHER] = '~', [ROAD_CHANGE_NOT_COMPARED] = '?',
  };

  g_return_val_if_fail (change < ROAD_N_CHANGES, ' ');

  return marks[change];
}

const char *
road_host_finding_to_string (RoadHostFinding finding)
{
  return road_enum_to_string (ROAD_TYPE_HOST_FINDING, finding);
}

const char *
road_port_verdict_to_string (RoadPortVerdict verdict)
{
  return road_enum_to_string (ROAD_TYPE_PORT_VERDICT, verdict);
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
