/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz-reader.h"

/* A report in nmap's XML; what is opened can be saved as XML again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadReport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = NULL;

  check_reading ((const char *) data, size);

  report = read_report ((const char *) data, (gssize) size, NULL);
  if (report == NULL)
    return 0;

  xml = write_report (ROAD_FORMAT_XML, report, ROAD_FORMAT_FLAGS_NONE);
  again = read_report (xml, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ROAD_N_PORT_STATES; i++)
    g_assert_cmpuint (road_report_get_n_ports (report, (RoadPortState) i), ==,
                      road_report_get_n_ports (again, (RoadPortState) i));

  return 0;
}
