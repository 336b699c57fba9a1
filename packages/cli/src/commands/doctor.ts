import { isOfThisMachine } from '@mensageria/client'
import type { Argv } from 'yargs'
import type { Context, GlobalArgs, GlobalOptions } from '../context.ts'
import { checkCloud } from '../doctor/check-cloud.ts'
import { checkMachine } from '../doctor/check-machine.ts'
import { checkService } from '../doctor/check-service.ts'
import { EXIT } from '../exit-codes.ts'
import { paint } from '../screen/format.ts'
import { renderTable } from '../screen/table.ts'

const run = async (args: GlobalArgs, context: Context): Promise<void> => {
  const { io, texts, env } = context
  const isCloud = (env['GOOGLE_CLOUD_PROJECT'] ?? env['PUBSUB_EMULATOR_HOST'] ?? '') !== ''
  const isHere = isOfThisMachine(args.url) && !isCloud
  const findings = [
    ...(await checkService(args, context)),
    ...(isHere ? await checkMachine(context) : []),
    ...(await checkCloud(context)),
  ]
  if (findings.some(({ level }) => level === 'fail')) context.exitCode = EXIT.rejected
  if (args.json) return io.out(JSON.stringify({ findings }))
  const rows = findings.map(({ level, what, said }) => [
    paint(level, texts.doctor.levels[level], io.colors),
    what,
    said,
  ])
  io.out(renderTable(texts.heads.doctor, rows))
}

/** `mensageria doctor` */
export const addDoctor = (cli: Argv<GlobalOptions>, context: Context): void => {
  cli.command(
    'doctor',
    context.texts.commands.doctor,
    (command) => command.example('$0 doctor', '').example('GOOGLE_CLOUD_PROJECT=p $0 doctor', ''),
    (args) => run(args, context),
  )
}
