/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "engine/base/road-error.h"
#include "store/road-profile-file.h"

/* Whatever a profile's file holds, it is either a profile, which is the same once it was saved and read again,
 * or one sentence with a line of the file. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *unknown = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *printed_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadProfile) profile =
      road_profile_file_parse ((const char *) data, size, &unknown, &error);
  g_autoptr (RoadProfile) again = NULL;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  if (profile == NULL)
    {
      g_assert_true (error->domain == ROAD_ERROR);
      assert_printable (error->message);
      g_assert_cmpuint (road_error_get_line (error), <=, size + 1);
      return 0;
    }

  g_assert_no_error (error);
  printed = road_profile_file_print (profile, unknown);
  again = road_profile_file_parse (printed, strlen (printed), NULL, &error);
  g_assert_no_error (error);
  printed_again = road_profile_file_print (again, unknown);
  g_assert_cmpstr (printed, ==, printed_again);

  return 0;
}
