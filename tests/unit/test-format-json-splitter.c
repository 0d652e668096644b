/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "formats/json/road-json-splitter.h"

#include <gio/gio.h>
#include <string.h>

#include "engine/base/road-error.h"

/* Elements as text, one a line, each with its line number in front. */
static gboolean
collect (const char *text, gsize length, guint line, gpointer user_data, GError **error)
{
  g_assert_cmpuint (strlen (text), ==, length);
  g_string_append_printf (user_data, "%u:%s;", line, text);

  return TRUE;
}

static RoadJsonSplitter *
split (const char *text, gsize length, gsize step, GString *elements, GError **error)
{
  g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new ("hosts", collect, elements);

  for (gsize i = 0; i < length; i += step)
    {
      if (!road_json_splitter_feed (splitter, text + i, MIN (step, length - i), error))
        return NULL;
    }
  if (!road_json_splitter_end (splitter, error))
    return NULL;

  return g_steal_pointer (&splitter);
}

/* A report would lose hosts or parts of them, depending on where the file is cut into pieces or how a program
 * has laid it out. */
static void
test_good (void)
{
  static const struct
  {
    const char *text;
    const char *elements;
    const char *rest;
  } cases[] = {
    { "{}", "", "{}" },
    { " {\"a\":1}\n", "", " {\"a\":1}\n" },
    { "{\"hosts\":[]}", "", "{\"hosts\":[]}" },
    { "{\"hosts\":[ \n ]}", "", "{\"hosts\":[]}" },
    { "{\"hosts\":[{},{}],\"b\":2}", "1:{};1:{};", "{\"hosts\":[],\"b\":2}" },
    { "{\n\"hosts\":\n[\n{},\n{}\n]\n}\n", "4:{};5:{};", "{\n\"hosts\":\n[]\n}\n" },
    { "{\"hosts\":[{\"hosts\":[1,2]}]}", "1:{\"hosts\":[1,2]};", "{\"hosts\":[]}" },
    { "{\"a\":{\"hosts\":[1]},\"hosts\":[2]}", "1:2;", "{\"a\":{\"hosts\":[1]},\"hosts\":[]}" },
    { "{\"a\":[\"hosts\",[1]],\"hosts\":2}", "", "{\"a\":[\"hosts\",[1]],\"hosts\":2}" },
    { "{\"a\":\"hosts\",\"b\":[1]}", "", "{\"a\":\"hosts\",\"b\":[1]}" },
    { "{\"hosts\":[1, -2.5e+3 ,true,null,\"a]\\\"}\" , [ [ ] ]]}",
      "1:1;1:-2.5e+3;1:true;1:null;1:\"a]\\\"}\";1:[ [ ] ];", "{\"hosts\":[]}" },
    { "{\"hosts\":[\"\\ud83d\\ude00\\u00e9\\/\\b\"]}", "1:\"\\ud83d\\ude00\\u00e9\\/\\b\";",
      "{\"hosts\":[]}" },
    { "\xef\xbb\xbf{\"hosts\":[1\r\n,\r\n2]}", "1:1;3:2;", "{\"hosts\":[]}" },
    { "[1,2]", "", "[1,2]" },
    { "[9223372036854775807,9223372036854775808]", "",
      "[9223372036854775807,9223372036854775808e0]" },
    { "[-9223372036854775808,-9223372036854775809]", "",
      "[-9223372036854775808,-9223372036854775809e0]" },
    { "17", "", "17" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize step = 1; step < 20; step++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GString) elements = g_string_new (NULL);
          g_autoptr (RoadJsonSplitter) splitter =
              split (cases[i].text, strlen (cases[i].text), step, elements, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (elements->str, ==, cases[i].elements);
          g_assert_cmpstr (road_json_splitter_get_rest (splitter), ==, cases[i].rest);
        }
    }
}

/* A damaged file would be opened as if it were whole, or crash json-glib; or the line in the message would be
 * wrong. */
static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    guint line;
    const char *word;
  } cases[] = {
    { "", 1, "empty" },
    { " \n ", 2, "empty" },
    { "{", 1, "incomplete" },
    { "{\n\"a", 2, "incomplete" },
    { "{\"a\"", 1, "incomplete" },
    { "{\"a\":1", 1, "incomplete" },
    { "{\"hosts\":[{},\n", 2, "incomplete" },
    { "tru", 1, "JSON" },
    { "hello", 1, "JSON" },
    { "<xml/>", 1, "JSON" },
    { "\x7f"
      "ELF",
      1, "JSON" },
    { "{}{}", 1, "JSON" },
    { "{}\n\nx", 3, "JSON" },
    { "{}]", 1, "JSON" },
    { "{]", 1, "JSON" },
    { "[}", 1, "JSON" },
    { "{,}", 1, "JSON" },
    { "{\"a\"}", 1, "JSON" },
    { "{\"a\":}", 1, "JSON" },
    { "{\"a\" 1}", 1, "JSON" },
    { "{\"a\":1,}", 1, "JSON" },
    { "{\"a\":1 \"b\":2}", 1, "JSON" },
    { "{\"a\":1:2}", 1, "JSON" },
    { "{a:1}", 1, "JSON" },
    { "{1:1}", 1, "JSON" },
    { "[1,]", 1, "JSON" },
    { "[,1]", 1, "JSON" },
    { "[1 2]", 1, "JSON" },
    { "[1,,2]", 1, "JSON" },
    { "{\"hosts\":[{}{}]}", 1, "JSON" },
    { "{\"hosts\":[{},]}", 1, "JSON" },
    { "{\"hosts\":[,{}]}", 1, "JSON" },
    { "{\"hosts\":[{}}", 1, "JSON" },
    { "{\"hosts\":[1],\n\"hosts\":[2]}", 2, "JSON" },
    { "[01]", 1, "JSON" },
    { "[1.]", 1, "JSON" },
    { "[.5]", 1, "JSON" },
    { "[-]", 1, "JSON" },
    { "[+1]", 1, "JSON" },
    { "[1e]", 1, "JSON" },
    { "[0x10]", 1, "JSON" },
    { "[NaN]", 1, "JSON" },
    { "[True]", 1, "JSON" },
    { "[1] // comment", 1, "JSON" },
    { "[/* comment */1]", 1, "JSON" },
    { "['a']", 1, "JSON" },
    { "var a = 1", 1, "JSON" },
    { "[\"a\nb\"]", 1, "JSON" },
    { "[\"\t\"]", 1, "JSON" },
    { "[\"\\x\"]", 1, "JSON" },
    { "[\"\\u12g4\"]", 1, "JSON" },
    { "[\"\\u0000\"]", 1, "JSON" },
    { "[\n\"\\ud800\"]", 2, "JSON" },
    { "[\"\\ud800\\n\"]", 1, "JSON" },
    { "[\"\\ud800\\u0041\"]", 1, "JSON" },
    { "[\"\\ud800\\ud800\"]", 1, "JSON" },
    { "[\"\\ude00\"]", 1, "JSON" },
    { "[\n\n\"\xff\"]", 3, "UTF-8" },
    { "{\"hosts\":[\n\"\xed\xa0\x80\"]}", 2, "UTF-8" },
    { "{\"\xe2\x82\":1}", 1, "UTF-8" },
    { "\"\xe2\x82", 1, "incomplete" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize step = 1; step < 20; step += 3)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GString) elements = g_string_new (NULL);
          g_autoptr (RoadJsonSplitter) splitter =
              split (cases[i].text, strlen (cases[i].text), step, elements, &error);

          if (splitter != NULL)
            g_error ("“%s” was taken for JSON", cases[i].text);
          g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
          g_assert_cmpuint (road_error_get_line (error), ==, cases[i].line);
          g_assert_nonnull (strstr (error->message, cases[i].word));
        }
    }
}

/* A file with a NUL byte in it would seem to end there. */
static void
test_nul (void)
{
  static const char *const texts[] = { "{\"a\":1?}", "{\"a?\":1}", "{}?", "?", "{\"a\":1?2}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) elements = g_string_new (NULL);
      g_autofree char *text = g_strdelimit (g_strdup (texts[i]), "?", '\0');

      g_assert_null (split (text, strlen (texts[i]), 100, elements, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
    }
}

/* A small malicious file would use up the stack or the memory. */
static void
test_bombs (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) nested = g_string_new ("{\"hosts\":[");
  g_autoptr (GString) wide = g_string_new ("{\"hosts\":[\"");
  g_autoptr (GString) elements = g_string_new (NULL);
  g_autofree char *megabyte = g_strnfill (1 << 20, 'x');
  GString *texts[] = { deep, nested, wide };

  for (guint i = 0; i < 1000000; i++)
    {
      g_string_append_c (deep, '[');
      g_string_append (nested, "{\"a\":");
    }
  for (guint i = 0; i < 65; i++)
    g_string_append (wide, megabyte);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (split (texts[i]->str, texts[i]->len, 4096, elements, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "too "));
    }
}

static gboolean
is_known (const char *name)
{
  return g_str_equal (name, "hosts") || g_str_equal (name, "a") || g_str_equal (name, "b");
}

/* A file of a few MB with an array that nobody knows would take gigabytes; or what is beside it be lost. */
static void
test_unknown (void)
{
  static const struct
  {
    const char *text;
    const char *elements;
    const char *rest;
  } cases[] = {
    { "{\"x\":[[1],{\"a\":2}]}", "", "{}" },
    { "{\"a\":1, \"x\" : {\"hosts\":[1]} , \"b\":2}", "", "{\"a\":1,   \"b\":2}" },
    { "{\"a\":1,\"x\":2}", "", "{\"a\":1}" },
    { "{\"x\":2,\"y\":\"a\",\"z\":-1e9,\"b\":2}", "", "{\"b\":2}" },
    { "{\"a\":1,\"x\":2,\"y\":3 }", "", "{\"a\":1}" },
    { "{\"a\":[1,{\"x\":2},3],\"y\":true}", "", "{\"a\":[1,{},3]}" },
    { "{\"hosts\":[{\"x\":[1,2],\"a\":{\"y\":1,\"b\":2,\"z\":3}},[],7],\"x\":{}}",
      "1:{\"a\":{\"b\":2}};1:[];1:7;", "{\"hosts\":[]}" },
    { "{\"x\":\"\\\"}]\",\"a\":\"x\"}", "", "{\"a\":\"x\"}" },
  };
  static const char *const bad[] = { "{\"x\":[}",  "{\"x\":01}", "{\"x\":\"\xff\"}",
                                     "{\"x\":1,}", "{\"x\" 1}",  "{\"x\":{\"y\":\"\xff\"}}" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) elements = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new ("hosts", collect, elements);

      road_json_splitter_skip_unknown (splitter, is_known);
      g_assert_true (
          road_json_splitter_feed (splitter, cases[i].text, strlen (cases[i].text), &error));
      g_assert_no_error (error);
      g_assert_true (road_json_splitter_end (splitter, &error));
      g_assert_cmpstr (road_json_splitter_get_rest (splitter), ==, cases[i].rest);
      g_assert_cmpstr (elements->str, ==, cases[i].elements);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GString) elements = g_string_new (NULL);
      g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new ("hosts", collect, elements);

      road_json_splitter_skip_unknown (splitter, is_known);
      g_assert_false (road_json_splitter_feed (splitter, bad[i], strlen (bad[i]), NULL) &&
                      road_json_splitter_end (splitter, NULL));
    }
}

/* A file of a few MB with an array in the wrong place would take gigabytes. */
static void
test_many_values (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":[0");
  g_autoptr (GString) elements = g_string_new (NULL);
  g_autoptr (RoadJsonSplitter) splitter = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, ",0");
  splitter = split (text->str, text->len, text->len, elements, &error);
  g_assert_null (splitter);
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "too large"));
}

/* A reader that gives up early would be ignored. */
static gboolean
refuse (const char *text, gsize length, guint line, gpointer user_data, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no more");
  return FALSE;
}

static void
test_refused (void)
{
  g_autoptr (RoadJsonSplitter) splitter = road_json_splitter_new ("hosts", refuse, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (road_json_splitter_feed (splitter, "{\"hosts\":[1 ", 12, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* An error in the heading would be reported without its line. */
static void
test_lines (void)
{
  const char *text = "{\n\"a\": 1,\n\n\"hosts\": [\n{\n},\n{}\n],\n\"b\": {\n\"c\": 1}\n}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) elements = g_string_new (NULL);
  g_autoptr (RoadJsonSplitter) splitter = split (text, strlen (text), 3, elements, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (road_json_splitter_get_line (splitter, "a"), ==, 2);
  g_assert_cmpuint (road_json_splitter_get_line (splitter, "hosts"), ==, 4);
  g_assert_cmpuint (road_json_splitter_get_line (splitter, "b"), ==, 9);
  g_assert_cmpuint (road_json_splitter_get_line (splitter, "c"), ==, 0);
  g_assert_cmpstr (elements->str, ==, "5:{\n};7:{};");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/json-splitter/good", test_good);
  g_test_add_func ("/format/json-splitter/bad", test_bad);
  g_test_add_func ("/format/json-splitter/nul", test_nul);
  g_test_add_func ("/format/json-splitter/bombs", test_bombs);
  g_test_add_func ("/format/json-splitter/unknown", test_unknown);
  g_test_add_func ("/format/json-splitter/many-values", test_many_values);
  g_test_add_func ("/format/json-splitter/refused", test_refused);
  g_test_add_func ("/format/json-splitter/lines", test_lines);

  return g_test_run ();
}
