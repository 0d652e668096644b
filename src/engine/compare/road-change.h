/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine/ports/road-port-set.h"
#include "engine/ports/road-port-state.h"

G_BEGIN_DECLS

/**
 * RoadSide:
 * @ROAD_BEFORE: the report to compare with, mostly the older one
 * @ROAD_AFTER: the report to compare
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
 * @ROAD_CHANGE_NEW: a host answers now and did not before, or a port is open now and was not before
 * @ROAD_CHANGE_GONE: the opposite
 * @ROAD_CHANGE_OTHER: another change: a port was closed and is filtered, a host has other ports
 * @ROAD_CHANGE_NOT_COMPARED: only one of the scans covered it
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
 * @ROAD_HOST_NOT_SCANNED: the scan did not cover it, or ended before it was reached
 * @ROAD_HOST_WAS_UP: it answered
 * @ROAD_HOST_WAS_DOWN: it was down, listed in the report or only counted
 * @ROAD_HOST_WAS_SILENT: its ports were scanned, and none answered
 * @ROAD_HOST_WAS_NOT_LISTED: the report lists only hosts with open ports, and not this one
 *
 * What a report says about a host.
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
 * @ROAD_PORT_NOT_SCANNED: the scan did not cover it, or ended before it was reached
 * @ROAD_PORT_WAS_NOT_OPEN: closed or filtered: the report lists only open ports, and not this one
 * @ROAD_PORT_HOST_WAS_DOWN: it would have been scanned if the host had not been down
 *
 * What a report says about a port.
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
 * @reason: a #RoadReason; %ROAD_REASON_NONE if reasons are not compared
 * @reason_from: who sent the ICMP error, or %ROAD_ADDRESS_NONE
 */
typedef struct
{
  RoadPortVerdict verdict;
  RoadReason reason;
  RoadAddress reason_from;
} RoadPortFinding;

/**
 * RoadPortChange:
 * @change: the change
 * @findings: what each report says about the ports
 * @other_versions: whether the versions of the services differ
 * @ports: the ports, at least one
 *
 * The ports of a host that have changed in the same way.
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
 * @ROAD_COMPARE_FLAGS_NONE: differences of host states, port states and versions
 * @ROAD_COMPARE_OPEN: treat closed and filtered as equal
 * @ROAD_COMPARE_REASONS: another reason for the same state is a difference, too
 *
 * What counts as a difference.
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
