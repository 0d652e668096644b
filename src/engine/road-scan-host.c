/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-scan-host.h"

#include "road-heap.h"

/*
 *                  ┌─────────────── retries <───────────────┐ not convincing, or the path was silent
 *   plan's ports ──┴─> probe ──> outcome ── silent ──> unjudged ──> filtered
 *                                   └────── answered ─────────────> open, closed, filtered
 *
 * A silent port waits in "unjudged" until the path is known to have been working when it was asked.
 */

/* After our own machine failed or nobody had the address, the host is left alone for so long, in ms;
 * twice as long with each failure in a row, up to the greatest. */
#define HOLD_MS 50
#define MAX_HOLD_MS 1000

/* A port that reaches only ourselves is tried from so many local ports. Nothing listens there then:
 * the kernel gives nobody a local port that a listener has. */
#define MAX_SELF_CONNECTS 8

/* A host that waits for a verdict on silence looks for it so often, in µs. */
#define VERDICT_INTERVAL 50000

typedef enum
{
  PURPOSE_RESULT,        /* the port's state is wanted */
  PURPOSE_DISCOVERY,     /* only whether the host answers */
  PURPOSE_CONTROL,       /* whether the path to the host works */
  PURPOSE_GROUP_CONTROL, /* whether any path works */
} Purpose;

/* A port that is being asked, or waits to be asked again. */
typedef struct
{
  RoadScanHost *host;
  Purpose purpose;
  guint16 port;
  guint8 n_self_connects;
  RoadTry attempt;
  GInetAddress *inet; /* whom a control probe asks: the path may have another by the time it ends */
} Question;

struct _RoadScanHost
{
  RoadTurn turn;
  RoadHost *host;
  RoadAddress address;
  GInetAddress *inet;
  RoadScanPlan *plan;
  RoadPace pace;
  RoadControl control;

  guint next_port;
  guint next_extra;
  guint n_left;       /* ports without a result */
  guint n_dropped;    /* ports that will get none */
  guint n_extra_left; /* extra ports not given up */
  guint n_in_flight;
  guint n_open;

  RoadHeap retries; /* of Question */
  GQueue unjudged;  /* of Question */
  GArray *results;  /* of RoadPortResult, since the last flush */

  gint64 hold_until;
  guint n_failures;     /* in a row */
  gint64 failing_since; /* of our own machine; 0 when it does not */

  Question *scout; /* the first, while it is under way: what else is silent waits for it */
  gboolean scouted;

  gboolean silent;  /* it is convincing that it does not answer */
  gboolean suspect; /* nobody seemed to have the address */
  gboolean down;
  gboolean answered;

  gint64 exact_latency_us; /* smoothed, from the kernel's own measurement */
  gint64 least_elapsed_us;
};

static Question *
question_new (RoadScanHost *self, Purpose purpose, guint16 port)
{
  Question *question = g_new0 (Question, 1);

  question->host = self;
  question->purpose = purpose;
  question->port = port;

  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->inet);
  g_free (question);
}

/**
 * road_scan_host_new:
 * @target: what to scan
 * @plan: what all hosts share; outlives the host
 *
 * Returns: (transfer full): free it with road_scan_host_free()
 */
RoadScanHost *
road_scan_host_new (const RoadTarget *target, RoadScanPlan *plan)
{
  RoadScanHost *self;

  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  self = g_new0 (RoadScanHost, 1);
  self->turn.link.data = self;
  self->host = road_host_new (&target->address, target->name, target->other_addresses);
  self->address = target->address;
  self->inet = road_address_to_inet (&target->address);
  self->plan = plan;
  self->n_left = plan->n_ports;
  self->n_extra_left = plan->discovers ? plan->n_extra_ports : 0;
  self->results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  self->least_elapsed_us = G_MAXINT64;
  g_queue_init (&self->unjudged);
  road_pacer_init_host (plan->pacer, &self->pace);

  return self;
}

/**
 * road_scan_host_free:
 * @self: (transfer full): a host with nothing in flight
 */
void
road_scan_host_free (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_in_flight == 0);

  road_heap_clear (&self->retries, question_free);
  g_queue_clear_full (&self->unjudged, question_free);
  road_control_clear (&self->control);
  g_clear_object (&self->host);
  g_clear_object (&self->inet);
  g_clear_pointer (&self->results, g_array_unref);
  g_free (self);
}

/**
 * road_scan_host_get_host:
 * @self: a host
 *
 * Returns: (transfer none): what is found out about it
 */
RoadHost *
road_scan_host_get_host (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

/**
 * road_scan_host_from_probe:
 * @probe: a probe that road_scan_host_take_probe() gave
 *
 * Returns: (transfer none): the host it is of
 */
RoadScanHost *
road_scan_host_from_probe (const RoadProbe *probe)
{
  g_return_val_if_fail (probe != NULL, NULL);

  return ((Question *) probe->tag)->host;
}

/* The path whose silence counts: the host's own once it has answered. */
static RoadControl *
get_control (RoadScanHost *self)
{
  return self->control.liveness.known ? &self->control : &self->plan->control;
}

static void
add_result (RoadScanHost *self,
            guint16 port,
            RoadPortState state,
            RoadReason reason,
            const RoadOutcome *outcome)
{
  RoadPortResult result = {
    .port = port,
    .state = (guint8) state,
    .reason = (guint8) reason,
  };

  if (outcome != NULL)
    {
      result.latency_us = outcome->rtt_us;
      result.reason_from = outcome->reason_from;
    }

  g_array_append_val (self->results, result);
  self->n_left--;
  self->n_open += state == ROAD_PORT_OPEN;
}

static gboolean
is_discovering (RoadScanHost *self)
{
  return self->plan->discovers && !self->answered;
}

static void
mark_down (RoadScanHost *self)
{
  self->down = TRUE;
  road_host_set_state (self->host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  road_scan_host_drop (self);
  /* What was asked has been work, too. */
  self->n_dropped = self->plan->n_ports - self->next_port;
  g_array_set_size (self->results, 0);
}

/* A host of which nothing was heard is down once everything that discovers hosts was in vain, be it
 * that all tries are over or that those there were are convincing together. */
static void
check_discovery (RoadScanHost *self)
{
  if (is_discovering (self) && self->n_left > 0 && self->n_in_flight == 0 &&
      self->unjudged.length == 0 && self->next_port >= self->plan->n_first &&
      self->next_extra >= self->plan->n_extra_ports &&
      (self->silent || road_heap_get_time (&self->retries) == G_MAXINT64))
    mark_down (self);
}

static void
end_question (RoadScanHost *self, Question *question)
{
  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE, NULL);
  else
    self->n_extra_left--;

  question_free (question);
}

/* What was silent is judged as far as it is known whether the path was working. */
static void
judge (RoadScanHost *self, gint64 now)
{
  RoadLiveness *liveness = &get_control (self)->liveness;
  Question *question;

  if (self->scout != NULL && !self->answered)
    return;

  while ((question = g_queue_peek_head (&self->unjudged)) != NULL)
    {
      const RoadTry *attempt = &question->attempt;
      RoadLivenessVerdict verdict =
          road_liveness_judge (liveness, now, attempt->sent_at,
                               attempt->sent_at + attempt->timeout_ms * (gint64) 1000);
      gint64 again_at = now;

      if (verdict == ROAD_LIVENESS_UNKNOWN)
        break;

      g_queue_pop_head (&self->unjudged);
      if (verdict == ROAD_LIVENESS_ALIVE && !self->answered)
        self->silent = road_pacer_judge_host (self->plan->pacer, &self->pace, &question->attempt);

      if (verdict == ROAD_LIVENESS_DEAD)
        road_pacer_excuse (self->plan->pacer, &question->attempt);
      else if (road_pacer_judge (self->plan->pacer, &self->pace, now, &question->attempt,
                                 &again_at))
        {
          end_question (self, question);
          continue;
        }

      road_heap_push (&self->retries, again_at, question);
    }

  check_discovery (self);
}

static void
ask (RoadScanHost *self, Question *question, gint64 now, RoadProbe *probe)
{
  RoadControl *target = NULL;

  if (question->purpose == PURPOSE_CONTROL)
    target = &self->control;
  else if (question->purpose == PURPOSE_GROUP_CONTROL)
    target = &self->plan->control;

  if (target != NULL)
    g_set_object (&question->inet, target->inet);

  question->attempt.timeout_ms =
      road_pacer_get_timeout (self->plan->pacer, &self->pace, question->attempt.n_before);
  if (!self->scouted && target == NULL)
    {
      self->scouted = TRUE;
      self->scout = question;
      question->attempt.timeout_ms = road_pacer_get_scout_timeout (self->plan->pacer, &self->pace);
    }

  *probe = (RoadProbe){
    .address = target != NULL ? target->address : self->address,
    .inet = target != NULL ? question->inet : self->inet,
    .port = target != NULL ? target->port : question->port,
    .timeout_ms = question->attempt.timeout_ms,
    .tag = question,
  };

  road_pacer_sent (self->plan->pacer, &self->pace, now, &question->attempt);
  self->n_in_flight++;
}

/* A control probe, if something waits for one. */
static Question *
take_control_question (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadControl *control = get_control (self);

  if (self->unjudged.length == 0 && !road_liveness_is_dead (&control->liveness, now))
    return NULL;

  if (!road_liveness_wants_probe (&control->liveness, now, next))
    {
      /* The answer to another host's control probe does not wake this one. */
      *next = MIN (*next, now + VERDICT_INTERVAL);
      return NULL;
    }

  road_liveness_probe_sent (&control->liveness);
  return question_new (self, control == &self->control ? PURPOSE_CONTROL : PURPOSE_GROUP_CONTROL,
                       control->port);
}

/* A port that is not being asked yet, or again. */
static Question *
take_port_question (RoadScanHost *self, gint64 now, gint64 *next)
{
  RoadScanPlan *plan = self->plan;
  guint n_ports = is_discovering (self) ? plan->n_first : plan->n_ports;

  if (road_liveness_is_dead (&get_control (self)->liveness, now) ||
      !road_pacer_may_send (plan->pacer, &self->pace, now, next))
    return NULL;

  /* To a host that is as good as down, only what has not been asked yet can make a difference. */
  if (!is_discovering (self) || !self->silent)
    {
      if (road_heap_get_time (&self->retries) <= now)
        return road_heap_pop (&self->retries);

      *next = MIN (*next, road_heap_get_time (&self->retries));
    }

  if (self->suspect)
    return NULL;

  if (self->next_port < n_ports)
    return question_new (self, PURPOSE_RESULT, plan->ports[self->next_port++]);

  if (!self->answered && self->n_extra_left > 0 && self->next_extra < plan->n_extra_ports)
    return question_new (self, PURPOSE_DISCOVERY, plan->extra_ports[self->next_extra++]);

  return NULL;
}

/**
 * road_scan_host_take_probe:
 * @self: a host
 * @now: the time in µs
 * @probe: (out): what to connect to next
 * @next: (inout): lowered to when to ask again if there is nothing now, in µs
 *
 * Returns: %FALSE if there is nothing to connect to now
 */
gboolean
road_scan_host_take_probe (RoadScanHost *self, gint64 now, RoadProbe *probe, gint64 *next)
{
  Question *question;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (probe != NULL && next != NULL, FALSE);

  if (self->n_left == 0)
    return FALSE;

  if (self->hold_until > now)
    {
      *next = MIN (*next, self->hold_until);
      return FALSE;
    }

  judge (self, now);

  question = take_control_question (self, now, next);
  if (question == NULL)
    question = take_port_question (self, now, next);
  if (question == NULL)
    return FALSE;

  ask (self, question, now, probe);

  return TRUE;
}

static void
hold (RoadScanHost *self, gint64 now)
{
  gint64 hold_ms = MIN (HOLD_MS << MIN (self->n_failures, 10), MAX_HOLD_MS);

  self->n_failures++;
  self->hold_until = now + hold_ms * 1000;
}

/* The host itself answered. */
static void
note_answer (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  RoadScanPlan *plan = self->plan;

  if (!self->answered)
    road_host_set_state (self->host, ROAD_HOST_UP, outcome->reason);
  self->answered = TRUE;
  self->suspect = FALSE;
  self->n_failures = 0;

  if (outcome->n_retransmits == 0)
    {
      self->least_elapsed_us = MIN (self->least_elapsed_us, outcome->elapsed_us);
      if (outcome->rtt_us != 0)
        self->exact_latency_us = self->exact_latency_us == 0
                                     ? outcome->rtt_us
                                     : (self->exact_latency_us * 7 + outcome->rtt_us) / 8;
    }

  road_pacer_answered (plan->pacer, &self->pace, now, &question->attempt, outcome->elapsed_us,
                       outcome->n_retransmits);
  road_control_answered (&self->control, &self->address, self->inet, question->port,
                         question->attempt.sent_at);
  road_control_answered (&plan->control, &self->address, self->inet, question->port,
                         question->attempt.sent_at);
}

static void
handle_control (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  RoadControl *control =
      question->purpose == PURPOSE_CONTROL ? &self->control : &self->plan->control;

  if (outcome->kind == ROAD_OUTCOME_STATE)
    road_liveness_probe_answered (&control->liveness, question->attempt.sent_at);
  else
    road_liveness_probe_failed (&control->liveness, now, question->attempt.sent_at);

  question_free (question);
}

static void
handle_state (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  /* A router's rejection does not say that the host is there, and how many of them a router sends is
   * limited: their absence is no loss. */
  if (outcome->state != ROAD_PORT_FILTERED)
    note_answer (self, now, question, outcome);
  else if (road_address_equal (&outcome->reason_from, &self->address) && !self->answered)
    {
      self->answered = TRUE;
      road_host_set_state (self->host, ROAD_HOST_UP, outcome->reason);
    }

  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, outcome->state, outcome->reason, outcome);
  else
    self->n_extra_left--;

  question_free (question);
}

static void
handle_silence (RoadScanHost *self, gint64 now, Question *question)
{
  g_queue_push_tail (&self->unjudged, question);
}

/* Nobody seems to have the address. One more look, alone, then it is down. */
static void
handle_host_down (RoadScanHost *self, gint64 now, Question *question)
{
  if (self->answered)
    {
      handle_silence (self, now, question);
      return;
    }

  if (self->suspect && question->attempt.n_before > 0)
    {
      question_free (question);
      mark_down (self);
      return;
    }

  self->suspect = TRUE;
  question->attempt.n_before++;
  hold (self, now);
  road_heap_push (&self->retries, self->hold_until, question);
}

static void
handle_self_connect (RoadScanHost *self, gint64 now, Question *question, const RoadOutcome *outcome)
{
  if (++question->n_self_connects < MAX_SELF_CONNECTS)
    {
      road_heap_push (&self->retries, now, question);
      return;
    }

  if (question->purpose == PURPOSE_RESULT)
    add_result (self, question->port, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, outcome);
  else
    self->n_extra_left--;
  question_free (question);
}

static void
handle_local_error (RoadScanHost *self, gint64 now, Question *question)
{
  road_pacer_local_failure (self->plan->pacer);
  if (self->failing_since == 0)
    self->failing_since = now;
  if (self->hold_until <= now)
    hold (self, now);
  road_heap_push (&self->retries, self->hold_until, question);
}

/**
 * road_scan_host_handle:
 * @self: a host
 * @now: the time in µs
 * @probe: a probe that road_scan_host_take_probe() gave
 * @outcome: how it ended
 *
 * Draws the conclusions from an outcome: a result, another try, or the host is down.
 */
void
road_scan_host_handle (RoadScanHost *self,
                       gint64 now,
                       const RoadProbe *probe,
                       const RoadOutcome *outcome)
{
  Question *question = probe->tag;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_in_flight > 0);

  self->n_in_flight--;
  if (question == self->scout)
    self->scout = NULL;

  if (question->purpose == PURPOSE_CONTROL || question->purpose == PURPOSE_GROUP_CONTROL)
    {
      handle_control (self, now, question, outcome);
    }
  else if (self->n_left == 0)
    {
      question_free (question);
      return;
    }
  else
    {
      if (outcome->kind != ROAD_OUTCOME_LOCAL_ERROR)
        self->failing_since = 0;

      switch (outcome->kind)
        {
        case ROAD_OUTCOME_STATE:
          handle_state (self, now, question, outcome);
          break;
        case ROAD_OUTCOME_NO_ANSWER:
          self->suspect = FALSE;
          self->n_failures = 0;
          handle_silence (self, now, question);
          break;
        case ROAD_OUTCOME_HOST_DOWN:
          handle_host_down (self, now, question);
          break;
        case ROAD_OUTCOME_SELF_CONNECT:
          handle_self_connect (self, now, question, outcome);
          break;
        case ROAD_OUTCOME_LOCAL_ERROR:
          handle_local_error (self, now, question);
          break;
        default:
          g_assert_not_reached ();
        }
    }

  judge (self, now);
}

/**
 * road_scan_host_drop:
 * @self: a host
 *
 * Leaves out the ports that have no result yet.
 */
void
road_scan_host_drop (RoadScanHost *self)
{
  g_return_if_fail (self != NULL);

  self->n_dropped += self->n_left;
  self->n_left = 0;
  road_heap_clear (&self->retries, question_free);
  g_queue_clear_full (&self->unjudged, question_free);
}

/**
 * road_scan_host_flush:
 * @self: a host
 *
 * Gives what was found out since the last time to the #RoadHost.
 *
 * Returns: how many results that were
 */
guint
road_scan_host_flush (RoadScanHost *self)
{
  guint n_results;

  g_return_val_if_fail (self != NULL, 0);

  if (self->exact_latency_us != 0)
    road_host_set_latency (self->host, (guint) self->exact_latency_us);
  else if (self->least_elapsed_us != G_MAXINT64)
    road_host_set_latency (self->host, (guint) MAX (self->least_elapsed_us, 1));

  n_results = self->results->len;
  road_host_add_results (self->host, (const RoadPortResult *) (gpointer) self->results->data,
                         n_results);
  g_array_set_size (self->results, 0);

  return n_results;
}

/**
 * road_scan_host_get_answered:
 * @self: a host
 *
 * Returns: whether the host itself answered
 */
gboolean
road_scan_host_get_answered (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->answered;
}

/**
 * road_scan_host_get_down:
 * @self: a host
 *
 * Returns: whether nobody has the address
 */
gboolean
road_scan_host_get_down (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->down;
}

/**
 * road_scan_host_is_done:
 * @self: a host
 *
 * Returns: whether nothing is left to do and nothing is in flight
 */
gboolean
road_scan_host_is_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_left == 0 && self->n_in_flight == 0;
}

/**
 * road_scan_host_get_n_done:
 * @self: a host
 *
 * Returns: how many ports have a result, or, of a host that is down, how many were asked
 */
guint
road_scan_host_get_n_done (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->plan->n_ports - self->n_left - self->n_dropped;
}

/**
 * road_scan_host_get_n_dropped:
 * @self: a host
 *
 * Returns: how many ports were left out
 */
guint
road_scan_host_get_n_dropped (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_dropped;
}

/**
 * road_scan_host_get_n_open:
 * @self: a host
 *
 * Returns: how many of its ports were found open
 */
guint
road_scan_host_get_n_open (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_open;
}

/**
 * road_scan_host_get_failing_since:
 * @self: a host
 *
 * Returns: since when our own machine has failed to connect to it, in µs; 0 if it does not fail
 */
gint64
road_scan_host_get_failing_since (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->failing_since;
}

/**
 * road_scan_host_get_turn:
 * @self: a host
 *
 * Returns: (transfer none): where the scan notes when it is the host's turn
 */
RoadTurn *
road_scan_host_get_turn (RoadScanHost *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->turn;
}
