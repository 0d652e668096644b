/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "road-control.h"
#include "road-pacer.h"
#include "road-profile.h"

G_BEGIN_DECLS

/**
 * RoadScanPlan:
 * @ports: (array length=n_ports): the ports in the order in which they are tried
 * @n_ports: how many
 * @n_first: how many of them, from the first, discover a host
 * @discovers: whether the others are tried only once the host has answered
 * @extra_ports: (array length=n_extra_ports): further ports that discover a host, of which nothing
 *   else is wanted
 * @n_extra_ports: how many
 * @pacer: the scan's pacer
 * @control: whether anything answers, for hosts that have not answered themselves
 *
 * What all hosts of a scan share. Clear it with road_scan_plan_clear().
 */
typedef struct
{
  guint16 *ports;
  guint n_ports;
  guint n_first;
  gboolean discovers;
  guint16 *extra_ports;
  guint n_extra_ports;
  RoadPacer *pacer;
  RoadControl control;
} RoadScanPlan;

gboolean road_scan_plan_init (RoadScanPlan *self, RoadProfile *profile, guint64 seed);
void road_scan_plan_clear (RoadScanPlan *self);

G_END_DECLS
