/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz.h"
#include "engine/base/road-error.h"
#include "engine/targets/road-target-spec.h"

static void
check_error (const GError *error, gsize size)
{
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
  assert_printable (error->message);
  g_assert_cmpuint (road_error_get_line (error), <=, size + 1);
  g_assert_cmpuint (road_error_get_column (error), <=, size + 1);
}

/* Whatever is typed, or is in a file, is either targets, which are the same when their text is read
 * again, or one sentence with a place in the text. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadTargetSpec) typed = road_target_spec_parse (text, &error);
  g_autoptr (RoadTargetSpec) file = NULL;
  g_autoptr (RoadTargetSpec) again = NULL;

  if (typed == NULL)
    check_error (error, size);
  else
    g_assert_cmpuint (road_target_spec_get_n_targets (typed), >, 0);
  g_clear_error (&error);

  file = road_target_spec_parse_lines (text, &error);
  if (file == NULL)
    {
      check_error (error, size);
      return 0;
    }
  again = road_target_spec_parse (road_target_spec_get_text (file), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (road_target_spec_get_n_targets (again), ==,
                    road_target_spec_get_n_targets (file));

  return 0;
}
