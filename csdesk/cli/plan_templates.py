"""The command for plan templates: which there are, a plan from one, a plan saved as one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.templates import plan_from_template, save_as_template
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.document_choices import day_meant, plan_needed
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.model.vocabulary import label_of
from csdesk.queries.rows import find_row
from csdesk.queries.templates import TemplateRow, templates
from csdesk.store.words import fold


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "template",
        help=_("plan templates: list them, begin a plan with one, save a plan as one"),
        description=_(
            "Lists the plan templates, shipped and saved. With --account it begins a plan of that"
            " account with the template; with --from it saves that account's plan under the name."
        ),
    )
    add_file(command)
    command.add_argument(
        "template", nargs="?", metavar=_("TEMPLATE"), help=_("id or name of the template")
    )
    command.add_argument("--account", metavar=_("ACCOUNT"), help=_("whose plan is to begin"))
    command.add_argument("--title", metavar=_("TITLE"), help=_("how the new plan is called"))
    command.add_argument("--start", metavar=_("DATE"), help=_("its first day; otherwise today"))
    command.add_argument(
        "--from", dest="source", metavar=_("ACCOUNT"), help=_("whose plan is to be saved")
    )
    command.add_argument("--plan", metavar=_("TITLE"), help=_("title or id of the plan"))
    command.add_argument("--json", action="store_true", help=_("for machines"))
    command.set_defaults(run=run_template)


def run_template(call: Call) -> None:
    """List templates, begin a plan with one, or save one."""
    options = call.options
    if options.account and options.template and not options.source:
        with call.writing() as workspace:
            step = workspace.write(_("Plan from a template"), _begin, call)
        call.terminal.say(_("The plan was made: {id}").format(id=step.result))
    elif options.source and options.template and not options.account:
        with call.writing() as workspace:
            step = workspace.write(_("Save as template"), _save, call)
        call.terminal.say(_("The template was saved: {id}").format(id=step.result))
    elif options.account or options.source:
        raise UserError(
            _("Name one template, and either --account or --from."),
            _("“csdesk template FILE” lists the templates."),
        )
    else:
        _list(call)


def _begin(session: Session, call: Call) -> str:
    options = call.options
    row = _meant(session, options.template)
    account_id = find_row(session, "account", options.account)
    title = options.title or row.content.title or row.name
    return plan_from_template(session, account_id, row.id, title, day_meant(options.start))


def _save(session: Session, call: Call) -> str:
    options = call.options
    plan_id = plan_needed(session, options.source, options.plan).plan_id
    assert plan_id is not None
    own = [row for row in templates(session, "") if fold(row.name) == fold(options.template)]
    replaced = own[0].id if own else None
    return save_as_template(session, plan_id, options.template, template_id=replaced)


def _meant(session: Session, which: str) -> TemplateRow:
    """Find a template by its id or name; raises UserError where there is none, or several."""
    rows = templates(session)
    found = [row for row in rows if row.id == which]
    found = found or [row for row in rows if fold(row.name) == fold(which)]
    if len(found) != 1:
        words = _("There is no template “{name}”.") if not found else _("Several have this name.")
        raise UserError(words.format(name=which), _("“csdesk template FILE” lists the templates."))
    return found[0]


def _list(call: Call) -> None:
    wanted = fold(call.options.template or "")
    with call.reading() as workspace:
        rows = [row for row in workspace.read(templates) if wanted in fold(f"{row.id} {row.name}")]
    if call.options.json:
        call.terminal.json(
            [
                {
                    "id": row.id,
                    "name": row.name,
                    "type": row.type,
                    "touch_model": row.touch_model,
                    "segment": row.segment,
                    "language": row.language,
                    "description": row.description,
                    "goals": row.goals,
                    "milestones": row.milestones,
                    "actions": row.actions,
                    "days": row.days,
                    "is_shipped": row.is_shipped,
                }
                for row in rows
            ]
        )
        return
    columns = [
        Column(_("Template")),
        Column(_("Plan type")),
        Column(_("Touch model")),
        Column(_("Days"), is_number=True),
        Column(_("ID")),
    ]
    lines = [
        (
            row.name,
            label_of(row.type),
            label_of(row.touch_model),
            current().number(row.days),
            row.id,
        )
        for row in rows
    ]
    call.terminal.table(columns, lines)
