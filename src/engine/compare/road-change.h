/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/**
 * RoadSide:
 * @ROAD_BEFORE: the report that is compared with, mostly the older one
 * @ROAD_AFTER: the report that is compared
 *
 * The two reports of a comparison.
 */
typedef enum
{
  ROAD_BEFORE,
  ROAD_AFTER,
} RoadSide;

#define ROAD_N_SIDES (ROAD_AFTER + 1)

/**
 * RoadChange:
 * @ROAD_CHANGE_NONE: both scans found the same
 * @ROAD_CHANGE_NEW: a host that answers now and did not before, a port that is open now and was not
 * @ROAD_CHANGE_GONE: the other way round
 * @ROAD_CHANGE_OTHER: something else is different: a port closed before and filtered now, a host
 *   with other ports
 * @ROAD_CHANGE_NOT_COMPARED: only one of the scans looked
 *
 * What became of a host or a port.
 */
typedef enum
{
  ROAD_CHANGE_NONE,
  ROAD_CHANGE_NEW,
  ROAD_CHANGE_GONE,
  ROAD_CHANGE_OTHER,
  ROAD_CHANGE_NOT_COMPARED,
} RoadChange;

#define ROAD_N_CHANGES (ROAD_CHANGE_NOT_COMPARED + 1)

/**
 * RoadHostFinding:
 * @ROAD_HOST_NOT_SCANNED: the scan did not look at it, or was ended before it did
 * @ROAD_HOST_WAS_UP: it answered
 * @ROAD_HOST_WAS_DOWN: it was found to be down, with an entry in the report or only counted
 * @ROAD_HOST_WAS_SILENT: its ports were scanned, and not one answered
 * @ROAD_HOST_WAS_NOT_LISTED: the report lists only hosts with open ports, and not this one
 *
 * What a report says of a host.
 */
typedef enum
{
  ROAD_HOST_NOT_SCANNED,
  ROAD_HOST_WAS_UP,
  ROAD_HOST_WAS_DOWN,
  ROAD_HOST_WAS_SILENT,
  ROAD_HOST_WAS_NOT_LISTED,
} RoadHostFinding;

#define ROAD_N_HOST_FINDINGS (ROAD_HOST_WAS_NOT_LISTED + 1)

/**
 * RoadPortVerdict:
 * @ROAD_PORT_NOT_SCANNED: the scan did not look at it, or was ended before it did
 * @ROAD_PORT_WAS_OPEN: open
 * @ROAD_PORT_WAS_CLOSED: closed
 * @ROAD_PORT_WAS_FILTERED: filtered
 * @ROAD_PORT_WAS_NOT_OPEN: closed or filtered: the report lists only open ports, and not this one
 * @ROAD_PORT_HOST_WAS_DOWN: the scan would have looked at it, had the host not been down
 *
 * What a report says of a port.
 */
typedef enum
{
  ROAD_PORT_NOT_SCANNED,
  ROAD_PORT_WAS_OPEN,
  ROAD_PORT_WAS_CLOSED,
  ROAD_PORT_WAS_FILTERED,
  ROAD_PORT_WAS_NOT_OPEN,
  ROAD_PORT_HOST_WAS_DOWN,
} RoadPortVerdict;

#define ROAD_N_PORT_VERDICTS (ROAD_PORT_HOST_WAS_DOWN + 1)

/**
 * RoadPortFinding:
 * @verdict: a #RoadPortVerdict
 * @reason: a #RoadReason; %ROAD_REASON_NONE if ports with several reasons are taken together
 * @reason_from: who sent the ICMP error, or %ROAD_ADDRESS_NONE
 *
 * What a report says of a port, and why.
 */
typedef struct
{
  RoadPortVerdict verdict;
  RoadReason reason;
  RoadAddress reason_from;
} RoadPortFinding;

/**
 * RoadPortChange:
 * @change: what became of the ports
 * @findings: what each report says of them
 * @other_versions: whether what answers there is of another version than before
 * @ports: the ports, at least one
 *
 * The ports of a host with which the same happened.
 */
typedef struct
{
  RoadChange change;
  RoadPortFinding findings[ROAD_N_SIDES];
  gboolean other_versions;
  RoadPortSet *ports;
} RoadPortChange;

/**
 * RoadCompareFlags:
 * @ROAD_COMPARE_FLAGS_NONE: what can be reached from outside, and how it answers
 * @ROAD_COMPARE_OPEN: whether a port that is not open is closed or filtered makes no difference
 * @ROAD_COMPARE_REASONS: another reason for the same state is a difference, too
 *
 * What is a difference.
 */
typedef enum /*< flags >*/
{
  ROAD_COMPARE_FLAGS_NONE = 0,
  ROAD_COMPARE_OPEN = 1 << 0,
  ROAD_COMPARE_REASONS = 1 << 1,
} RoadCompareFlags;

const char *road_change_to_string (RoadChange change);
char road_change_get_mark (RoadChange change);
const char *road_host_finding_to_string (RoadHostFinding finding);
const char *road_port_verdict_to_string (RoadPortVerdict verdict);
RoadChange road_host_finding_compare (RoadHostFinding before, RoadHostFinding after);
RoadChange road_port_finding_compare (const RoadPortFinding *before,
                                      const RoadPortFinding *after,
                                      RoadCompareFlags flags);

G_END_DECLS
